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

    /// <param name="http">With base address and authorization set. Stays the caller's to dispose.</param>
    /// <param name="time">Default: the system's. Waits go by it.</param>
    public OvermindClient(HttpClient http, TimeProvider? time = null)
    {
        var connection = new ApiConnection(http, time ?? TimeProvider.System);
        _connection = connection;
        Conversations = new ConversationsClient(connection);
        Messages = new MessagesClient(connection);
        Runs = new RunsClient(connection);
        ApiKeys = new ApiKeysClient(connection);
        Auth = new AuthClient(connection);
        Sessions = new SessionsClient(connection);
        Invitations = new InvitationsClient(connection);
        Agents = new AgentsClient(connection);
        Workflows = new WorkflowsClient(connection);
        ModelProviders = new ModelProvidersClient(connection);
        Models = new ModelsClient(connection);
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

    public RunsClient Runs { get; }

    public ApiKeysClient ApiKeys { get; }

    public AuthClient Auth { get; }

    public SessionsClient Sessions { get; }

    public InvitationsClient Invitations { get; }

    public AgentsClient Agents { get; }

    public WorkflowsClient Workflows { get; }

    public ModelProvidersClient ModelProviders { get; }

    public ModelsClient Models { get; }

    public PlaygroundClient Playground { get; }

    public SettingsClient Settings { get; }

    public OrganizationsClient Organizations { get; }

    public MembersClient Members { get; }

    public ProfileClient Profile { get; }

    public JobsClient Jobs { get; }

    public SchedulesClient Schedules { get; }

    public WebhooksClient Webhooks { get; }

    public AuditLogsClient AuditLogs { get; }

    /// <summary>Whose key this client uses.</summary>
    public Task<Me> MeAsync(CancellationToken cancellationToken = default) => _connection.GetAsync("/v1/me", ClientJson.Default.Me, cancellationToken);

    static HttpClient Http(Uri url, string apiKey) => new()
    {
        BaseAddress = url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
    };
}
