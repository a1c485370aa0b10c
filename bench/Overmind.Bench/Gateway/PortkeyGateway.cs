using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Overmind.Bench.Gateway;

/// <summary>Portkey's gateway, installed into the benchmark's folder, in a process of its own.</summary>
sealed class PortkeyGateway : IAsyncDisposable
{
    const string Package = "@portkey-ai/gateway@1.15.2";

    readonly Process _process;

    PortkeyGateway(Process process, int port) => (_process, Url) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Url { get; }

    public static async Task<PortkeyGateway> StartAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
        if (!File.Exists(program))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private": true}""", cancellationToken);
            using var install = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--save-exact", Package]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true })!;
            await install.StandardOutput.ReadToEndAsync(cancellationToken);
            await install.WaitForExitAsync(cancellationToken);
            if (install.ExitCode != 0) throw new InvalidOperationException($"npm could not install {Package}.");
        }

        var port = FreePort();
        var start = new ProcessStartInfo("node", [program, $"--port={port}", "--headless"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The provider is on this machine, which it would not call for anybody.
            Environment = { ["NODE_ENV"] = "production", ["TRUSTED_CUSTOM_HOSTS"] = "127.0.0.1,localhost" },
        };
        var gateway = new PortkeyGateway(Process.Start(start)!, port);
        _ = gateway._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = gateway._process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var http = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answered = await http.GetAsync(gateway.Url, cancellationToken);
                return gateway;
            }
            catch (HttpRequestException) when (attempt < 100 && !gateway._process.HasExited)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
