using Overmind.Testing;
using Overmind.WebConsole.Tests.Browser;

[assembly: AssemblyFixture(typeof(TestPostgres))]
[assembly: AssemblyFixture(typeof(Chromium))]
