using Overmind.Cli.Tests;
using Overmind.Testing;

[assembly: AssemblyFixture(typeof(TestPostgres))]
[assembly: AssemblyFixture(typeof(SharedInstance))]
