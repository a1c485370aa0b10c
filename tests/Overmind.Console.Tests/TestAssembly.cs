using Overmind.Testing;

[assembly: AssemblyFixture(typeof(TestPostgres))]
