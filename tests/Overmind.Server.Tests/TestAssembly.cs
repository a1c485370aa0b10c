using Overmind.Server.Tests;

[assembly: AssemblyFixture(typeof(ApiServers))]
