using Microsoft.Extensions.DependencyInjection;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Answers as fast as it can. One for all the tests that are named after it, which run one after the other.</summary>
[CollectionDefinition]
public sealed class FastServer(TestPostgres postgres) : ConsoleServer(postgres, null), ICollectionFixture<FastServer>
{
    // Takes the offline model two iterations.
    const string Question = "Write a persuasive email to convince your introverted friend, who dislikes public speaking, to volunteer as a guest "
        + "speaker at a local event. Use compelling arguments and address potential objections. Please be concise.";

    Claims? admin;

    public ConversationService Conversations => Services.GetRequiredService<ConversationService>();

    public JobService Jobs => Services.GetRequiredService<JobService>();

    public RunService Runs => Services.GetRequiredService<RunService>();

    /// <summary>The admin's.</summary>
    public async Task<Claims> ClaimsAsync() => admin ??= (await Services.GetRequiredService<SignInService>()
        .VerifyAsync(Email, Password, null, CancellationToken.None)).Claims;

    /// <summary>Another member of the admin's organization.</summary>
    public async Task AddMemberAsync(string email, string password, string role) => await ExecuteAsync(
        """
        with made as (
            insert into users (email, name, password_hash)
            values ($1, $3, $2)
            returning id
        )
        insert into organization_members (organization_id, user_id, display_name, role)
        select $4, id, $3, $3
        from made
        """,
        email, Services.GetRequiredService<PasswordHasher>().Hash(password), role, (await ClaimsAsync()).OrganizationId!);

    /// <summary>A question that was asked and answered, in a conversation of its own.</summary>
    public async Task<Run> AskedAsync()
    {
        var claims = await ClaimsAsync();
        var conversation = await Conversations.CreateAsync(claims, new NewConversation(), CancellationToken.None);
        var run = await Runs.CreateAsync(claims, conversation.Id, Question, null, CancellationToken.None);
        await foreach (var happened in Runs.EventsAsync(claims, run.Id, -1, CancellationToken.None))
            if (happened.IsTerminal) break;
        return await Runs.GetAsync(claims, run.Id, CancellationToken.None);
    }
}
