using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Its organizations and members change: what the other tests see is not theirs.</summary>
[CollectionDefinition]
public sealed class TenancyServer(TestPostgres postgres) : ConsoleServer(postgres, null), ICollectionFixture<TenancyServer>;
