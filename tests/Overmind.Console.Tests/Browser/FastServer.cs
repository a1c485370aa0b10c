using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Answers as fast as it can.</summary>
public sealed class FastServer(TestPostgres postgres) : ConsoleServer(postgres, null);
