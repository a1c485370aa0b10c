using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Overmind.Server.Tests.Access;

/// <summary>A mail server on a socket, as small as RFC 5321 lets one be.</summary>
sealed class SmtpListener : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Task accepting;

    public SmtpListener()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Url => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public ConcurrentQueue<ReceivedMail> Messages { get; } = [];

    /// <summary>How many mails are refused before one is taken.</summary>
    public int Refusals { get; set; }

    /// <summary>The mail to an address with these words in its subject, as soon as it is there.</summary>
    public async Task<ReceivedMail> MailAsync(string to, string subject)
    {
        await Overmind.Testing.Poll.UntilAsync(() => Find() is not null);
        return Find()!;

        ReceivedMail? Find() => Messages.LastOrDefault(mail => mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = ServeAsync(client);
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), System.Text.Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), System.Text.Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await writer.WriteLineAsync("250 test");
                    break;
                case "MAIL" when Refusals-- > 0:
                    await writer.WriteLineAsync("451 try again later");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await TakeAsync(reader);
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    async Task TakeAsync(StreamReader reader)
    {
        var text = new MemoryStream();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
            text.Write(System.Text.Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
        text.Position = 0;
        Messages.Enqueue(ReceivedMail.Of(await MimeMessage.LoadAsync(text, stop.Token)));
    }
}
