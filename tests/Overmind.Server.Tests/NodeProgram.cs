using System.Diagnostics;
using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests;

/// <summary>A program for Node with one package, in a process of its own.</summary>
/// <param name="package">With its exact version.</param>
/// <param name="name">Of the file beside the tests, and of its folder under artifacts.</param>
sealed class NodeProgram(string package, string folder, string name)
{
    readonly string _place = Repository.PathOf("artifacts", name);

    /// <summary>What it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        await InstallAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, folder, $"{name}.mjs"), Path.Combine(_place, $"{name}.mjs"), overwrite: true);
        return await StartAsync("node", [$"{name}.mjs", .. arguments]);
    }

    async Task InstallAsync()
    {
        Directory.CreateDirectory(_place);
        var at = package.LastIndexOf('@');
        var installed = Path.Combine([_place, "node_modules", .. package[..at].Split('/'), "package.json"]);
        if (File.Exists(installed) && JsonElement.Parse(await File.ReadAllTextAsync(installed)).Text("version") == package[(at + 1)..]) return;
        await File.WriteAllTextAsync(Path.Combine(_place, "package.json"), """{"private": true}""");
        await StartAsync("npm", ["install", "--no-audit", "--no-fund", "--save-exact", package]);
    }

    async Task<string> StartAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _place,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }
}
