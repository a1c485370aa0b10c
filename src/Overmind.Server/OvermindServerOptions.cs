using Overmind.Access.ExternalIdentities;
using Overmind.Access.Mail;
using Overmind.Audit;
using Overmind.Jobs.Webhooks;
using Overmind.Models.Embeddings;

namespace Overmind.Server;

/// <summary>What one server process needs to know before it starts.</summary>
public sealed record OvermindServerOptions
{
    /// <summary>The database, as Npgsql connection string or <c>postgres://</c> URL; its login may migrate.</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary>The same database through a transaction pooler, for requests. Default: requests use <see cref="DatabaseUrl"/>'s host.</summary>
    public string? PooledDatabaseUrl { get; init; }

    /// <summary>Address to listen on, as 127.0.0.1.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Folder of this instance's files.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The first admin's e-mail, used on an empty database.</summary>
    public string AdminEmail { get; init; } = "admin@localhost";

    /// <summary>The first admin's password, used on an empty database. Default: a random one.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>
    /// Keys that encrypt the secrets in the database, as <see cref="SecretCipher.Parse"/> reads them. Default: the file <c>encryption-key</c> of the data
    /// folder, made when there is none; nodes on other machines need the same.
    /// </summary>
    public string? EncryptionKey { get; init; }

    /// <summary>How fast the offline model writes, to watch it. Default: as fast as it can.</summary>
    public double? OfflineTokensPerSecond { get; init; }

    /// <summary>
    /// How many requests a minute an API key may make on this node; 0 for no limit. The default is for callers that run wild: 10,000 a second
    /// are about what one node answers.
    /// </summary>
    public int RequestsPerMinute { get; init; } = 600_000;

    /// <summary>Jobs, runs among them, that this node works on at a time. A run holds one while it waits for its models.</summary>
    public int WorkerConcurrency { get; init; } = 8;

    /// <summary>Which embedder is used. Default: the built-in one.</summary>
    public EmbedderOptions Embedder { get; init; } = new();

    /// <summary>Where webhooks may go. Default: public addresses alone.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>How the audit log is sealed. Default: within the database alone.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Where people reach the console, as <c>https://overmind.example.com</c>: links in mails begin with it, and access tokens name it as their issuer. Default: the address it listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Whether anybody may sign up. Default: false.</summary>
    public bool IsSignUpOpen { get; init; }

    /// <summary>How mail is sent. Default: it is written to the folder <c>outbox</c> of the data folder.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>The OpenID provider whose tokens are accepted. Default: none.</summary>
    public ExternalIdentityOptions ExternalIdentities { get; init; } = new();

    /// <summary>Adds where log records go. Default: nowhere.</summary>
    public Action<ILoggingBuilder> Logging { get; init; } = _ => { };
}
