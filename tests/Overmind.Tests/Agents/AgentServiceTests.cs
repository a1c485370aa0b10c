using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using static Overmind.Tests.Agents.AuthoringStage;

namespace Overmind.Tests.Agents;

public class AgentServiceTests(AuthoringStage stage) : IClassFixture<AuthoringStage>
{
    [Fact]
    public async Task An_agent_is_made_as_it_was_described()
    {
        var wanted = Agent() with
        {
            OutputFormat = OutputFormat.Json,
            OutputSchema = """{"type": "object"}""",
            Model = new ModelReference("openai", "gpt/4"),
            Temperature = 2,
            MaxTokens = 1,
            Settings = """{"tone": "dry"}""",
        };
        await stage.Agents.CreateAsync(stage.First.User, wanted, default);

        var made = await stage.Agents.GetAsync(stage.First.OtherUser, wanted.Id, default);

        (made.Key, made.Name, made.Role, made.Goal, made.Backstory).ShouldBe((wanted.Key, "Editor", "Editor", wanted.Goal, wanted.Backstory));
        (made.OutputFormat, made.OutputSchema.ToString(), made.Model, made.Settings.ToString())
            .ShouldBe((OutputFormat.Json, """{"type": "object"}""", "openai/gpt/4", """{"tone": "dry"}"""));
        (made.UsageCount, made.AvgQualityScore, made.CreatedBy, made.OriginKey).ShouldBe((0, null, stage.First.User.UserId, null));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_its_member_and_all_at_once()
    {
        var error = await RefusedAsync(
            ErrorCode.InvalidValue,
            () => stage.Agents.CreateAsync(
                stage.First.User, Agent("No key") with { Name = "", Temperature = 2.1, MaxTokens = 0, OutputSchema = """{"type": "strin"}""" }, default),
            "key");
        error.Errors!.Keys.Order().ShouldBe(["key", "max_tokens", "name", "output_schema", "temperature"]);

        var agent = await stage.AgentAsync(stage.First.User);
        await RefusedAsync(ErrorCode.InvalidValue, () => stage.Agents.UpdateAsync(
            stage.First.User, agent.Id, new AgentPatch { OutputSchema = new("{}") }, null, default), "output_schema");
    }

    [Fact]
    public async Task A_key_is_taken_once_until_its_agent_is_deleted()
    {
        var first = await stage.AgentAsync(stage.First.User);
        await RefusedAsync(ErrorCode.KeyTaken, () => stage.AgentAsync(stage.First.User, first.Key), "key");
        (await stage.AgentAsync(stage.Second.User, first.Key)).Key.ShouldBe(first.Key);

        await stage.Agents.DeleteAsync(stage.First.User, first.Id, default);
        await RefusedAsync(ErrorCode.AgentNotFound, () => stage.Agents.GetAsync(stage.First.User, first.Id, default));
        var second = await stage.AgentAsync(stage.First.User, first.Key);
        await RefusedAsync(ErrorCode.KeyTaken, () => stage.Agents.RestoreAsync(stage.First.User, first.Id, default));

        await stage.Agents.DeleteAsync(stage.First.User, second.Id, default);
        (await stage.Agents.RestoreAsync(stage.First.User, first.Id, default)).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Of_two_edits_from_the_same_version_one_is_refused()
    {
        var agent = await stage.AgentAsync(stage.First.User);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await stage.Agents.UpdateAsync(stage.First.User, agent.Id, new AgentPatch { Name = $"Editor {i}" }, agent.UpdatedAt, default);
                return "changed";
            }
            catch (OvermindException e)
            {
                return ErrorCatalogue.Word(e.Code);
            }
        }));

        outcomes.Count(o => o == "changed").ShouldBe(1);
        outcomes.Count(o => o == "precondition_failed").ShouldBe(7);
    }

    [Fact]
    public async Task Others_agents_are_read_and_not_changed_and_other_organizations_are_not_seen()
    {
        var agent = await stage.AgentAsync(stage.First.User);
        var patch = new AgentPatch { Name = "Mine now" };

        await RefusedAsync(ErrorCode.Forbidden, () => stage.Agents.UpdateAsync(stage.First.OtherUser, agent.Id, patch, null, default));
        await RefusedAsync(ErrorCode.Forbidden, () => stage.Agents.DeleteAsync(stage.First.OtherUser, agent.Id, default));
        await RefusedAsync(ErrorCode.Forbidden, () => stage.Agents.UpdateAsync(stage.First.Viewer, agent.Id, patch, null, default));
        await RefusedAsync(ErrorCode.AgentNotFound, () => stage.Agents.UpdateAsync(stage.Second.Admin, agent.Id, patch, null, default));
        await RefusedAsync(ErrorCode.AgentNotFound, () => stage.Agents.CopyAsync(stage.Second.Admin, agent.Id, Guid.CreateVersion7(), null, default));
        (await stage.Agents.UpdateAsync(stage.First.Admin, agent.Id, patch, null, default)).Name.ShouldBe("Mine now");
    }

    [Fact]
    public async Task An_agent_of_an_active_workflow_is_not_deleted()
    {
        var agent = await stage.AgentAsync(stage.First.User);
        var workflow = await stage.WorkflowAsync(stage.First.User, agent.Key, "creative");

        (await RefusedAsync(ErrorCode.AgentInUse, () => stage.Agents.DeleteAsync(stage.First.User, agent.Id, default))).Message.ShouldContain(workflow.Key);

        await stage.DraftAsync(stage.First.User, workflow.Key, new WorkflowPatch { Agents = ["creative"] });
        await stage.Workflows.ActivateAsync(stage.First.User, workflow.Key, 2, default);
        await stage.Agents.DeleteAsync(stage.First.User, agent.Id, default);

        var error = await RefusedAsync(
            ErrorCode.InvalidValue, () => stage.Workflows.ActivateAsync(stage.First.User, workflow.Key, 1, default), "agents[0]");
        error.Message.ShouldContain(agent.Key);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_key_text_and_state()
    {
        var agent = await stage.AgentAsync(stage.First.User);
        await stage.Agents.UpdateAsync(stage.First.User, agent.Id, new AgentPatch { Goal = "Weave baskets of RUSHES.", IsActive = false }, null, default);

        (await KeysAsync(new AgentFilter { Q = "of rushes" })).ShouldBe([agent.Key]);
        (await KeysAsync(new AgentFilter { Key = agent.Key })).ShouldBe([agent.Key]);
        (await KeysAsync(new AgentFilter { Key = agent.Key, Active = true })).ShouldBeEmpty();
        (await KeysAsync(new AgentFilter { Q = "%" })).ShouldBeEmpty();

        async Task<IEnumerable<string>> KeysAsync(AgentFilter filter) =>
            (await stage.Agents.ListAsync(stage.First.User, PageRequest.First, filter, default)).Items.Select(a => a.Key);
    }

    [Fact]
    public async Task What_is_published_is_read_and_copied_elsewhere_and_the_copy_is_ones_own()
    {
        var agent = await stage.AgentAsync(stage.First.User);
        (await PublicAsync()).ShouldNotContain(agent.Id);
        await stage.Agents.UpdateAsync(
            stage.First.User, agent.Id, new AgentPatch { IsPublic = true, Model = new(ModelReference.Offline), Settings = """{"secret": 1}""" }, null, default);
        (await PublicAsync()).ShouldContain(agent.Id);

        var copy = await stage.Agents.CopyAsync(stage.Second.User, agent.Id, Guid.CreateVersion7(), null, default);

        (copy.Key, copy.Backstory, copy.OriginKey, copy.OriginVersion).ShouldBe((agent.Key, agent.Backstory, agent.Id.ToString(), 1));
        (copy.Model, copy.IsPublic, copy.Settings.ToString(), copy.CreatedBy).ShouldBe((null, false, "{}", stage.Second.User.UserId));
        await RefusedAsync(
            ErrorCode.KeyTaken, () => stage.Agents.CopyAsync(stage.Second.User, agent.Id, Guid.CreateVersion7(), "another", default));

        await stage.Agents.UpdateAsync(stage.First.User, agent.Id, new AgentPatch { Backstory = "Changed.", IsPublic = false }, null, default);
        (await stage.Agents.GetAsync(stage.Second.User, copy.Id, default)).Backstory.ShouldBe(agent.Backstory);
        (await PublicAsync()).ShouldNotContain(agent.Id);

        async Task<IEnumerable<Guid>> PublicAsync() =>
            (await stage.Agents.ListPublicAsync(stage.Second.User, new PageRequest { Limit = 100 }, null, default)).Items.Select(a => a.Id);
    }
}
