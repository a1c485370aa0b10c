using Overmind.Access.Accounts;
using Overmind.Access.ExternalIdentities;
using Overmind.Access.Mail;
using Overmind.Access.Sessions;
using Overmind.Audit;
using Overmind.Jobs;
using Overmind.Jobs.Webhooks;
using Overmind.Models.Embeddings;

namespace Overmind;

/// <summary>What the library needs to know inside a program of your own.</summary>
public sealed class OvermindOptions
{
    /// <summary>
    /// The database, as <c>postgres://</c> URL or Npgsql connection string; required, unless the program has opened one itself
    /// (<see cref="OvermindLibrary.AddDatabase"/>). An owner brings the schema up to date and makes a request login for itself; a request login is used
    /// as it is.
    /// </summary>
    public string? DatabaseUrl { get; set; }

    /// <summary>The same database through a transaction pooler, for requests. Default: none.</summary>
    public string? PooledDatabaseUrl { get; set; }

    /// <summary>Whether this program works on jobs, runs among them. Without a worker somewhere, runs stay queued. Default: true.</summary>
    public bool RunWorker { get; set; } = true;

    /// <summary>How it works on them. Default: 8 jobs at a time, leases of 15 s.</summary>
    public JobWorkerOptions Worker { get; set; } = new();

    /// <summary>
    /// Keys that encrypt the API keys of providers, the secrets of webhooks and the keys that sign access tokens, as <see cref="SecretCipher.Parse"/> reads them
    /// (<see cref="SecretCipher.NewKey"/> makes one); the same on all nodes. Default: none, and no secret can be stored.
    /// </summary>
    public string? EncryptionKey { get; set; }

    /// <summary>Which embedder is used. Default: the built-in one.</summary>
    public EmbedderOptions Embedder { get; set; } = new();

    /// <summary>Where webhooks may go. Default: public addresses alone.</summary>
    public WebhookOptions Webhooks { get; set; } = new();

    /// <summary>How the audit log is sealed. Default: within the database alone.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>How long people stay signed in. Default: access tokens 15 minutes, sessions 30 days.</summary>
    public SignInOptions Sessions { get; set; } = new();

    /// <summary>Who may make an account. Default: whoever is invited.</summary>
    public AccountOptions Accounts { get; set; } = new();

    /// <summary>How mail is sent. Default: not at all.</summary>
    public MailOptions Mail { get; set; } = new();

    /// <summary>The OpenID provider whose tokens are accepted. Default: none.</summary>
    public ExternalIdentityOptions ExternalIdentities { get; set; } = new();

    /// <summary>How fast the offline model writes, to watch it. Default: as fast as it can.</summary>
    public double? OfflineTokensPerSecond { get; set; }
}
