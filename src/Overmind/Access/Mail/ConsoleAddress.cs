namespace Overmind.Access.Mail;

/// <summary>Where people reach the console: what links in mails begin with.</summary>
public sealed class ConsoleAddress
{
    /// <summary>As <c>https://overmind.example.com</c>; null while it is not known.</summary>
    public string? Url { get; set; }

    /// <exception cref="InvalidOperationException">It is not known.</exception>
    internal string Link(string path, string token) =>
        $"{(Url ?? throw new InvalidOperationException("Mails with links need the public address of the server.")).TrimEnd('/')}/{path}?token={token}";
}
