namespace Overmind.Cli.Configuration;

/// <summary>
/// The catalogue of settings. Everything else is made from it: reading the file, the environment and the flags, <c>overmind config</c>, and the table in
/// docs/configuration.md. A new setting is one line here.
/// </summary>
static class Settings
{
    public const string Prefix = "OVERMIND_";

    public static readonly Setting Data = new("data", SettingType.Folder, null, "Folder of the instance") { Flag = "--data", InFile = false, DefaultWords = "`/var/lib/overmind` as root, else `~/.local/share/overmind`" };
    public static readonly Setting Config = new("config", SettingType.File, null, "Configuration file") { Flag = "--config", InFile = false, DefaultWords = "`overmind.json` in the data folder, where it is there" };
    public static readonly Setting Host = new("host", SettingType.Address, "127.0.0.1", "Address to listen on; 0.0.0.0 for every one") { Flag = "--host" };
    public static readonly Setting Port = new("port", SettingType.Integer(0, 65535), "8080", "Port to listen on; 0 takes a free one") { Flag = "--port" };
    public static readonly Setting Database = new("database_url", SettingType.Database, null, "A database of yours instead of the one that `up` brings along") { DefaultWords = "its own PostgreSQL" };
    public static readonly Setting PooledDatabase = new("pooled_database_url", SettingType.Database, null, "A transaction pooler for requests to it") { DefaultWords = "none" };
    public static readonly Setting AdminEmail = new("admin_email", SettingType.Text, "admin@localhost", "Who signs in first; read on the first start");
    public static readonly Setting AdminPassword = new("admin_password", SettingType.Text, null, "The first admin's password; read on the first start") { IsSecret = true, DefaultWords = "one that is made and shown once" };
    public static readonly Setting EncryptionKey = new("encryption_key", SettingType.Text, null, "Key that stored secrets are encrypted with: 32 bytes in base64. Several, separated by commas, while it is changed: the first encrypts, all decrypt") { IsSecret = true, DefaultWords = "one that is made once and kept in the data folder" };
    public static readonly Setting PublicUrl = new("public_url", SettingType.Url, null, "Where people reach the console: links in mails begin with it, and access tokens name it as their issuer (`overmind` without it)") { DefaultWords = "the address it listens on" };
    public static readonly Setting SignUp = new("sign_up", SettingType.SignUp, "closed", "Whether anybody may make an account; whoever is invited may always");
    public static readonly Setting SmtpUrl = new("smtp_url", SettingType.MailServer, null, "The mail server: `smtp://` with STARTTLS, `smtps://` with TLS from the beginning") { IsSecret = true, DefaultWords = "none: mails are written to the folder `outbox` of the data folder" };
    public static readonly Setting MailFrom = new("mail_from", SettingType.Mailbox, "overmind@localhost", "Whom mails come from");
    public static readonly Setting OidcIssuer = new("oidc_issuer", SettingType.Url, null, "An OpenID provider whose tokens are accepted, as its discovery document names it") { DefaultWords = "none" };
    public static readonly Setting OidcAudience = new("oidc_audience", SettingType.Text, null, "Whom its tokens must be for (`aud`)") { DefaultWords = "required with `oidc_issuer`" };
    public static readonly Setting WebhookNetworks = new("webhook_networks", SettingType.Networks, null, "Networks that are not public and that [webhooks](webhooks.md) may reach, as `10.1.0.0/16,127.0.0.0/8`") { DefaultWords = "none" };
    public static readonly Setting AuditSealFile = new("audit_seal_file", SettingType.File, null, "File outside of the database to which each seal of the [audit log](audit.md) is appended") { DefaultWords = "none" };
    public static readonly Setting RequestsPerMinute = new("requests_per_minute", SettingType.Integer(0, 100_000_000), "600000", "Requests a minute that an API key may make on this node; 0 for no limit");
    public static readonly Setting WorkerConcurrency = new("worker_concurrency", SettingType.Integer(1, 1000), "8", "Jobs, runs among them, that this node works on at a time; a run mostly waits for its models");
    public static readonly Setting OfflineTokensPerSecond = new("offline_tokens_per_second", SettingType.NumberAbove(0), null, "How fast the offline model writes") { DefaultWords = "as fast as it can" };
    public static readonly Setting Embedder = new("embedder", SettingType.Text, "builtin", "What embeds texts: `builtin`, `onnx:/folder`, or `provider/model`; see [embeddings.md](embeddings.md)");
    public static readonly Setting EmbedderUrl = new("embedder_url", SettingType.Url, null, "Address of the embedder's API, up to `/v1`") { DefaultWords = "the provider's own" };
    public static readonly Setting EmbedderApiKey = new("embedder_api_key", SettingType.Text, null, "The embedder's API key") { IsSecret = true, DefaultWords = "none" };
    public static readonly Setting EmbedderDimensions = new("embedder_dimensions", SettingType.Integer(1, 16_000), null, "How long the provider's vectors shall be, where it lets one choose") { DefaultWords = "as long as it makes them" };
    public static readonly Setting EmbedderBatchSize = new("embedder_batch_size", SettingType.Integer(1, 2048), "96", "Texts in one request to the provider");
    public static readonly Setting EmbedderTimeoutSeconds = new("embedder_timeout_seconds", SettingType.Integer(1, 3600), "30", "Longest time of one request to the provider");
    public static readonly Setting EmbedderOnnxRuntime = new("embedder_onnx_runtime", SettingType.File, null, "The native library of the ONNX runtime") { DefaultWords = "`libonnxruntime.so` in the model's folder, beside the program, or where the system looks" };
    public static readonly Setting EmbedderNext = new("embedder_next", SettingType.Text, null, "Another embedder, named likewise, while [the embeddings are migrated](embeddings.md#changing-the-model) from one provider's to another's") { DefaultWords = "none" };
    public static readonly Setting EmbedderNextUrl = new("embedder_next_url", SettingType.Url, null, "Address of its API, up to `/v1`") { DefaultWords = "the provider's own" };
    public static readonly Setting EmbedderNextApiKey = new("embedder_next_api_key", SettingType.Text, null, "Its API key") { IsSecret = true, DefaultWords = "none" };
    public static readonly Setting EmbedderNextDimensions = new("embedder_next_dimensions", SettingType.Integer(1, 16_000), null, "How long its vectors shall be, where it lets one choose") { DefaultWords = "as long as it makes them" };
    public static readonly Setting Url = new("url", SettingType.Url, null, "The server that `ask` and the other verbs of the API talk to") { Flag = "--url", DefaultWords = "the instance in the data folder" };
    public static readonly Setting ApiKey = new("api_key", SettingType.Text, null, "The API key that they use") { Flag = "--key", IsSecret = true, DefaultWords = "the instance's own" };

    /// <summary>All of the above, in their order.</summary>
    public static readonly IReadOnlyList<Setting> All =
        [.. typeof(Settings).GetFields().OrderBy(field => field.MetadataToken).Select(field => field.GetValue(null)).OfType<Setting>()];

    /// <summary>The one that a wrong name was probably meant to be; null when none is near.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> names)
    {
        var (name, distance) = names.Select(name => (name, Distance(wrong, name))).MinBy(candidate => candidate.Item2);
        return distance <= Math.Max(2, wrong.Length / 3) ? name : null;
    }

    /// <summary>Levenshtein's: letters to put in, take out or replace.</summary>
    static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
