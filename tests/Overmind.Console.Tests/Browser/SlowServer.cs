using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Writes at a speed that can be watched: a run takes about ten seconds.</summary>
public sealed class SlowServer(TestPostgres postgres) : ConsoleServer(postgres, 90);
