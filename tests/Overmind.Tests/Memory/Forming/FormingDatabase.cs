using Overmind.Memory.Forming;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory.Forming;

/// <summary>A database whose first organization forms memories by rules, and what a job does in it.</summary>
public sealed class FormingDatabase(TestPostgres postgres) : IAsyncLifetime
{
    public RoutineDatabase Data { get; } = new(postgres);

    public Claims Me => Data.Me;

    internal FormingStore Store { get; private set; } = null!;

    internal RuledForming Rules { get; private set; } = null!;

    internal Claims Worker => new(Me.OrganizationId, Me.UserId, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };

    public async ValueTask InitializeAsync()
    {
        await Data.InitializeAsync();
        Store = new FormingStore(Data.Requests);
        Rules = new RuledForming(new KnownMemories(Data.Requests));
        await Data.Owner.ExecuteAsync("update organizations set settings = '{\"memory_forming\": \"rules\"}' where id = $1", Me.OrganizationId!);
    }

    public ValueTask DisposeAsync() => Data.DisposeAsync();

    /// <summary>Something said at a minute of a day long ago.</summary>
    public Task<Guid> SayAsync(Guid conversation, string words, int minute = 0, Claims? by = null, string role = "user") => Data.OneAsync<Guid>(
        by ?? Me, "insert into messages (conversation_id, role, content, created_at) values ($1, $2, $3, '2026-01-01 12:00Z'::timestamptz + $4 * interval '1 minute') returning id",
        conversation, role, words, minute);

    public async Task<Guid> SaidAsync(string words, int minute = 0, Claims? by = null)
    {
        var conversation = await Data.ConversationAsync(by ?? Me);
        await SayAsync(conversation, words, minute, by);
        return conversation;
    }

    /// <summary>What the job does; null: there was nothing, or somebody else has read it.</summary>
    public async Task<string?> FormAsync(Guid conversation)
    {
        if (await Store.PlanAsync(Worker, conversation, default) is not { Messages.Count: > 0 } plan)
            return null;
        var formed = await Rules.FormAsync(Worker, conversation, plan.Messages, default);
        return (await Store.FormAsync(Worker, conversation, plan, formed, default))?.ToJsonString();
    }

    /// <summary>What holds now of what that member remembers.</summary>
    public async Task<IReadOnlyList<string>> HoldsAsync(Claims? of = null) => await Data.Requests.ListAsync<string>(
        of ?? Me,
        """
        select content from memories
        where user_id = $1 and deleted_at is null and valid_until is null
        order by content
        """,
        [(of ?? Me).UserId], default);

    public Task ForgetAllAsync() => Data.Owner.ExecuteAsync("delete from memories");
}
