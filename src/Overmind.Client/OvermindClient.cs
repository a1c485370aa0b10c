using System.Net.Http.Headers;

namespace Overmind.Client;

/// <summary>
/// A client of an Overmind server's HTTP API. One serves a whole application; it may be used by many threads at once.
/// Reads, and writes that carry an idempotency key (POSTs do, but for those that bring a secret), are repeated up to three times when the connection fails or the server
/// says that a repeat may help. Every call throws <see cref="OvermindApiException"/> when the server refuses it.
/// </summary>
public sealed class OvermindClient
{
    readonly ApiConnection _connection;

    /// <param name="url">The server, as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="apiKey">As <c>sk_live_…</c> (see <c>overmind key create</c>), or an access token.</param>
    public OvermindClient(Uri url, string apiKey)
        : this(Http(url, apiKey), TimeProvider.System)
    {
    }

    /// <summary>A client of a session that renews its access token by itself.</summary>
    /// <param name="url">The server, as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="tokens">As signing in gave them, or as they were kept: when the access token has expired meanwhile, the first call renews it.</param>
    /// <param name="renewed">Is told each new pair, to keep it: the refresh token before it is used up.</param>
    public OvermindClient(Uri url, SessionTokens tokens, Action<SessionTokens>? renewed = null)
        : this(new HttpClient(new SessionHandler(url, tokens, renewed, TimeProvider.System, new SocketsHttpHandler())) { BaseAddress = url })
    {
    }

    /// <param name="http">With base address and authorization set. Stays the caller's to dispose.</param>
    /// <param name="time">Default: the system's. Waits go by it.</param>
    public OvermindClient(HttpClient http, TimeProvider? time = null)
    {
        var connection = new ApiConnection(http, time ?? TimeProvider.System);
        _connection = connection;
        Conversations = new ConversationsClient(connection);
        Messages = new MessagesClient(connection);
        Attachments = new AttachmentsClient(connection);
        ContextTemplates = new ContextTemplatesClient(connection);
        Memories = new MemoriesClient(connection);
        Datastores = new DatastoresClient(connection);
        Moderation = new ModerationClient(connection);
        Shares = new SharesClient(connection);
        Runs = new RunsClient(connection);
        ApiKeys = new ApiKeysClient(connection);
        Auth = new AuthClient(connection);
        Sessions = new SessionsClient(connection);
        Invitations = new InvitationsClient(connection);
        Agents = new AgentsClient(connection);
        Workflows = new WorkflowsClient(connection);
        ModelProviders = new ModelProvidersClient(connection);
        Models = new ModelsClient(connection);
        Prices = new PricesClient(connection);
        ExchangeRates = new ExchangeRatesClient(connection);
        Budgets = new BudgetsClient(connection);
        Usage = new UsageClient(connection);
        Cache = new CacheClient(connection);
        Playground = new PlaygroundClient(connection);
        Settings = new SettingsClient(connection);
        Organizations = new OrganizationsClient(connection);
        Members = new MembersClient(connection);
        Profile = new ProfileClient(connection);
        Jobs = new JobsClient(connection);
        Schedules = new SchedulesClient(connection);
        Webhooks = new WebhooksClient(connection);
        AuditLogs = new AuditLogsClient(connection);
    }

    public ConversationsClient Conversations { get; }

    public MessagesClient Messages { get; }

    /// <summary>Files that messages show.</summary>
    public AttachmentsClient Attachments { get; }

    /// <summary>What conversations may begin with.</summary>
    public ContextTemplatesClient ContextTemplates { get; }

    /// <summary>What is remembered.</summary>
    public MemoriesClient Memories { get; }

    /// <summary>Collections of memories.</summary>
    public DatastoresClient Datastores { get; }

    /// <summary>The review of what moderation has found.</summary>
    public ModerationClient Moderation { get; }

    /// <summary>Links by which anybody may read a conversation.</summary>
    public SharesClient Shares { get; }

    public RunsClient Runs { get; }

    public ApiKeysClient ApiKeys { get; }

    public AuthClient Auth { get; }

    public SessionsClient Sessions { get; }

    public InvitationsClient Invitations { get; }

    public AgentsClient Agents { get; }

    public WorkflowsClient Workflows { get; }

    public ModelProvidersClient ModelProviders { get; }

    public ModelsClient Models { get; }

    public PricesClient Prices { get; }

    public ExchangeRatesClient ExchangeRates { get; }

    /// <summary>What may be used in a period.</summary>
    public BudgetsClient Budgets { get; }

    public UsageClient Usage { get; }

    public CacheClient Cache { get; }

    public PlaygroundClient Playground { get; }

    public SettingsClient Settings { get; }

    public OrganizationsClient Organizations { get; }

    public MembersClient Members { get; }

    public ProfileClient Profile { get; }

    public JobsClient Jobs { get; }

    public SchedulesClient Schedules { get; }

    public WebhooksClient Webhooks { get; }

    public AuditLogsClient AuditLogs { get; }

    /// <summary>Signs in with e-mail and password; the client renews its access token by itself.</summary>
    /// <param name="url">The server, as <c>http://127.0.0.1:8080</c>.</param>
    /// <exception cref="OvermindApiException"><c>invalid_credentials</c>, <c>too_many_attempts</c>.</exception>
    public static async Task<OvermindClient> SignInAsync(Uri url, NewSignIn signIn, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = url };
        return new OvermindClient(url, await new OvermindClient(http).Auth.SignInAsync(signIn, cancellationToken));
    }

    /// <summary>Whose key this client uses.</summary>
    public Task<Me> MeAsync(CancellationToken cancellationToken = default) => _connection.GetAsync("/v1/me", ClientJson.Default.Me, cancellationToken);

    static HttpClient Http(Uri url, string apiKey) => new()
    {
        BaseAddress = url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
    };
}
