using System.Diagnostics;
using System.IO.Compression;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>The client's package as somebody else would use it: restored into a new program, which asks a running server.</summary>
public sealed class PackageTests(SharedInstance instance) : IDisposable
{
    readonly string folder = TemporaryFolder.Create();

    [Fact]
    public async Task A_program_elsewhere_uses_the_packed_client()
    {
        await DotnetAsync(Repository.Root, "pack", Repository.PathOf("src", "Overmind.Client"), "-c", Configuration, "--no-build", "-o", folder);
        var package = Directory.EnumerateFiles(folder, "Overmind.Client.*.nupkg").ShouldHaveSingleItem();
        Directory.EnumerateFiles(folder, "Overmind.Client.*.snupkg").ShouldHaveSingleItem();
        using (var zip = ZipFile.OpenRead(package))
            foreach (var file in new[] { "README.md", "LICENSE", "lib/net10.0/Overmind.Client.dll", "lib/net10.0/Overmind.Client.xml" })
                zip.GetEntry(file).ShouldNotBeNull(file);

        WriteProgram();
        var output = await DotnetAsync(folder, "run", "--project", Path.Combine(folder, "Program.csproj"));
        output.ShouldContain("run.succeeded");
        output.ShouldContain("answered");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')) == "release" ? "Release" : "Debug";

    // Nothing of this repository, and of no other source than the folder: the client needs no other package.
    void WriteProgram()
    {
        File.WriteAllText(Path.Combine(folder, "nuget.config"), """
            <configuration><packageSources><clear /><add key="packed" value="." /></packageSources></configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Overmind.Client" Version="*" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using Overmind.Client;
            var overmind = new OvermindClient(new Uri(Environment.GetEnvironmentVariable("OVERMIND_URL")!), Environment.GetEnvironmentVariable("OVERMIND_API_KEY")!);
            var me = await overmind.MeAsync();
            var conversation = await overmind.Conversations.CreateAsync(idempotencyKey: "once");
            var run = await overmind.Runs.CreateAsync(conversation.Id, new NewRun { Question = "Who restored this program?", MaxN2Iterations = 1 });
            await foreach (var happened in overmind.Runs.StreamAsync(run.Id))
                Console.WriteLine(happened.Type);
            Console.WriteLine((await overmind.Runs.GetAsync(run.Id)).Answer is null ? "no answer" : $"answered for {me.Role}");
            """);
    }

    async Task<string> DotnetAsync(string at, params string[] arguments)
    {
        var data = await instance.DataAsync();
        var status = await OvermindProcess.RunAsync("status", "--data", data, "--format", "json");
        using var url = System.Text.Json.JsonDocument.Parse(status.Output);
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = at,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OVERMIND_URL"] = url.RootElement.GetProperty("url").GetString(),
                ["OVERMIND_API_KEY"] = (await File.ReadAllTextAsync(Path.Combine(data, "cli-key"))).Trim(),
                // No build server stays behind.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["UseSharedCompilation"] = "false",
            },
        })!;
        var errors = dotnet.StandardError.ReadToEndAsync();
        var output = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        dotnet.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }
}
