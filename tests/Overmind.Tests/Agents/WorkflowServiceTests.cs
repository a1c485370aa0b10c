using System.Text.Json;
using Overmind.Agents;
using Overmind.Errors;
using static Overmind.Tests.Agents.AuthoringStage;

namespace Overmind.Tests.Agents;

public class WorkflowServiceTests(AuthoringStage stage) : IClassFixture<AuthoringStage>
{
    [Fact]
    public async Task The_first_version_is_active_and_the_next_one_a_draft_of_it()
    {
        var first = await stage.Workflows.CreateAsync(
            stage.First.User, Workflow() with { Category = "texts", CostCapUsd = 0.5m, Settings = """{"a":1}""" }, default);
        (first.Version, first.IsActive, first.Agents).ShouldBe((1, true, first.Agents));
        first.FrozenAt.ShouldNotBeNull();

        var draft = await stage.DraftAsync(stage.First.User, first.Key, new WorkflowPatch { Agents = ["boundary", "creative"], CostCapUsd = new(null) });

        (draft.Version, draft.IsActive, draft.FrozenAt, draft.Category, draft.CostCapUsd).ShouldBe((2, false, null, "texts", null));
        draft.Agents.ShouldBe(["boundary", "creative"]);
        (await stage.Workflows.GetAsync(stage.First.User, first.Key, null, default)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Agents_are_named_once_and_are_there_and_active()
    {
        var inactive = await stage.AgentAsync(stage.First.User);
        await stage.Agents.UpdateAsync(stage.First.User, inactive.Id, new AgentPatch { IsActive = false }, null, default);
        var deleted = await stage.AgentAsync(stage.First.User);
        await stage.Agents.DeleteAsync(stage.First.User, deleted.Id, default);
        var foreign = await stage.AgentAsync(stage.Second.User);

        await RefusedAsync(ErrorCode.InvalidValue, () => stage.Workflows.CreateAsync(stage.First.User, Workflow() with { Agents = [] }, default), "agents");
        await RefusedAsync(ErrorCode.InvalidValue, () => stage.WorkflowAsync(stage.First.User, "creative", "creative"), "agents[1]");
        foreach (var key in new[] { inactive.Key, deleted.Key, foreign.Key, "nobody" })
            (await RefusedAsync(ErrorCode.InvalidValue, () => stage.WorkflowAsync(stage.First.User, "creative", key), "agents[1]")).Message.ShouldContain(key);
    }

    [Theory]
    [InlineData("""{"approve_from_iteration": "2"}""", "settings.approve_from_iteration")]
    [InlineData("""{"approve_from_iteration": 21}""", "settings.approve_from_iteration")]
    [InlineData("""{"approve_above_usd": 0}""", "settings.approve_above_usd")]
    public async Task An_approval_that_would_not_be_heeded_is_refused(string settings, string param)
    {
        await RefusedAsync(ErrorCode.InvalidValue, () => stage.Workflows.CreateAsync(stage.First.User, Workflow() with { Settings = settings }, default), param);
        var workflow = await stage.WorkflowAsync(stage.First.User);
        await stage.DraftAsync(stage.First.User, workflow.Key);
        await RefusedAsync(
            ErrorCode.InvalidValue, () => stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 2, new WorkflowPatch { Settings = settings }, null, default), param);
        (await stage.Workflows.UpdateAsync(
            stage.First.User, workflow.Key, 2, new WorkflowPatch { Settings = """{"approve_from_iteration": 2, "approve_above_usd": null, "mine": "x"}""" }, null, default))
            .Settings.Parse().GetProperty("mine").GetString().ShouldBe("x");
    }

    [Fact]
    public async Task A_draft_is_changed_and_what_was_active_is_not()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User);
        var draft = await stage.DraftAsync(stage.First.User, workflow.Key);
        var patch = new WorkflowPatch { Agents = ["recovery"], ExecutionMode = ExecutionMode.Sequential, QualityThreshold = new(7) };

        var changed = await stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 2, patch, draft.UpdatedAt, default);
        (changed.Agents.Single(), changed.ExecutionMode, changed.QualityThreshold).ShouldBe(("recovery", ExecutionMode.Sequential, 7));
        await RefusedAsync(ErrorCode.PreconditionFailed, () => stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 2, patch, draft.UpdatedAt, default));

        await RefusedAsync(ErrorCode.VersionFrozen, () => stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 1, patch, null, default));
        (await stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 1, new WorkflowPatch { Name = "Renamed", IsPublic = false }, null, default)).Name.ShouldBe("Renamed");

        await stage.Workflows.ActivateAsync(stage.First.User, workflow.Key, 2, default);
        await stage.Workflows.ActivateAsync(stage.First.User, workflow.Key, 1, default);
        await RefusedAsync(ErrorCode.VersionFrozen, () => stage.Workflows.UpdateAsync(stage.First.User, workflow.Key, 2, patch, null, default));
    }

    [Fact]
    public async Task Whoever_activates_at_the_same_time_one_version_is_active()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => stage.DraftAsync(stage.First.User, workflow.Key)));

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => stage.Workflows.ActivateAsync(stage.First.User, workflow.Key, (i % 4) + 1, default)));

        (await stage.Database.ScalarAsync<string>(
            "select count(*) || ' ' || count(*) filter (where is_active) from workflows where key = $1", workflow.Key)).ShouldBe("4 1");
    }

    [Fact]
    public async Task Only_their_maker_and_admins_change_activate_and_delete_them()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User);
        await stage.DraftAsync(stage.First.OtherUser, workflow.Key);

        await RefusedAsync(ErrorCode.Forbidden, () => stage.Workflows.ActivateAsync(stage.First.OtherUser, workflow.Key, 2, default));
        await RefusedAsync(ErrorCode.Forbidden, () => stage.Workflows.DeleteAsync(stage.First.OtherUser, workflow.Key, default));
        await RefusedAsync(ErrorCode.Forbidden, () => stage.Workflows.UpdateAsync(
            stage.First.OtherUser, workflow.Key, 1, new WorkflowPatch { Name = "Mine" }, null, default));
        await RefusedAsync(ErrorCode.WorkflowVersionNotFound, () => stage.Workflows.GetAsync(stage.Second.Admin, workflow.Key, null, default));
        (await stage.Workflows.GetAsync(stage.First.User, workflow.Key, null, default)).Version.ShouldBe(1);
        (await stage.Workflows.ActivateAsync(stage.First.Admin, workflow.Key, 2, default)).IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_deleted_workflow_keeps_its_key_and_comes_back_as_it_was()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User);
        await stage.DraftAsync(stage.First.User, workflow.Key);
        await stage.Workflows.DeleteAsync(stage.First.User, workflow.Key, default);

        await RefusedAsync(ErrorCode.WorkflowVersionNotFound, () => stage.Workflows.GetAsync(stage.First.User, workflow.Key, null, default));
        await RefusedAsync(ErrorCode.KeyTaken, () => stage.Workflows.CreateAsync(stage.First.User, Workflow(workflow.Key), default), "key");

        (await stage.Workflows.RestoreAsync(stage.First.User, workflow.Key, default)).Id.ShouldBe(workflow.Id);
        (await stage.Workflows.GetAsync(stage.First.User, workflow.Key, 2, default)).IsActive.ShouldBeFalse();
    }

    [Fact]
    public async Task A_difference_names_members_and_agents()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User, "creative", "decision", "recovery");
        await stage.DraftAsync(
            stage.First.User, workflow.Key, new WorkflowPatch { Agents = ["decision", "creative", "boundary"], MaxN2Iterations = new(2), Name = "Other" });

        var diff = await stage.Workflows.DiffAsync(stage.First.User, workflow.Key, 1, 2, default);

        diff.Fields.Select(f => $"{f.Field} {f.From} {f.To}").ShouldBe(["name \"Editing\" \"Other\"", "max_n2_iterations null 2"]);
        (diff.AgentsAdded.Single(), diff.AgentsRemoved.Single()).ShouldBe(("boundary", "recovery"));
        diff.AgentsMoved.ShouldBe([new AgentMove("decision", 2, 1), new AgentMove("creative", 1, 2)]);
        JsonSerializer.Serialize(await stage.Workflows.DiffAsync(stage.First.User, workflow.Key, 1, 1, default)).ShouldNotContain("Editing");
        await RefusedAsync(ErrorCode.WorkflowVersionNotFound, () => stage.Workflows.DiffAsync(stage.First.User, workflow.Key, 1, 3, default));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_in_each_order_also_where_many_are_equal()
    {
        var category = $"category-{Guid.CreateVersion7():n}";
        for (var i = 0; i < 7; i++)
        {
            var made = await stage.Workflows.CreateAsync(stage.Second.User, Workflow() with { Category = category, Name = $"Name {i / 3}" }, default);
            if (i % 3 > 0) await stage.Workflows.RateAsync(stage.Second.User, made.Key, i % 3, default);
        }

        foreach (var sort in Enum.GetValues<WorkflowSort>())
            foreach (var order in Enum.GetValues<PageOrder>())
            {
                var filter = new WorkflowFilter { Category = category, Sort = sort };
                var all = (await stage.Workflows.ListAsync(stage.Second.User, new PageRequest { Limit = 100, Order = order }, filter, default)).Items;
                all.Count.ShouldBe(7);
                var walked = new List<Workflow>();
                for (Guid? after = null; ;)
                {
                    var page = await stage.Workflows.ListAsync(stage.Second.User, new PageRequest { Limit = 2, Order = order, After = after }, filter, default);
                    walked.AddRange(page.Items);
                    if (!page.HasMore) break;
                    after = page.Items[^1].Id;
                }
                walked.Select(w => w.Id).ShouldBe(all.Select(w => w.Id), $"{sort} {order}");
                var ratings = all.Select(w => w.Rating ?? 0).ToList();
                if (sort is WorkflowSort.Rating) ratings.ShouldBe(order is PageOrder.Asc ? ratings.Order() : ratings.OrderDescending());
            }
        await RefusedAsync(ErrorCode.InvalidParameter, () => stage.Workflows.ListAsync(
            stage.Second.User, new PageRequest { After = Guid.CreateVersion7() }, new WorkflowFilter(), default), "after");
    }

    [Fact]
    public async Task A_published_workflow_is_copied_with_the_agents_that_are_not_there_yet()
    {
        var agent = await stage.AgentAsync(stage.First.User);
        var workflow = await stage.Workflows.CreateAsync(stage.First.User, Workflow(null, agent.Key, "creative") with { IsPublic = true }, default);
        (await stage.Workflows.ListPublicAsync(stage.Second.User, PageRequest.First, workflow.Key, default)).Items.Single().OrganizationName.ShouldBe("Organization first");

        var copy = await stage.Workflows.CopyAsync(stage.Second.User, workflow.Id, Guid.CreateVersion7(), null, default);

        (copy.Key, copy.Version, copy.IsActive, copy.IsPublic, copy.OriginKey, copy.OriginVersion)
            .ShouldBe((workflow.Key, 1, true, false, workflow.Id.ToString(), 1));
        // Both organizations have an agent creative: the copy of the other's goes by a longer key.
        copy.Agents[0].ShouldBe(agent.Key);
        copy.Agents[1].ShouldStartWith("creative-");
        var again = await stage.Workflows.CopyAsync(stage.Second.User, workflow.Id, Guid.CreateVersion7(), "again", default);
        again.Agents.ShouldBe(copy.Agents);
        await RefusedAsync(ErrorCode.KeyTaken, () => stage.Workflows.CopyAsync(stage.Second.User, workflow.Id, Guid.CreateVersion7(), null, default), "key");
        await RefusedAsync(ErrorCode.WorkflowVersionNotFound, () => stage.Workflows.CopyAsync(stage.First.User, copy.Id, Guid.CreateVersion7(), "back", default));
    }

    [Fact]
    public async Task Ratings_are_one_a_member_and_their_sum_is_what_a_recount_finds()
    {
        var workflow = await stage.WorkflowAsync(stage.First.User);
        var random = new Random(7);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => stage.Workflows.RateAsync(
            new[] { stage.First.User, stage.First.OtherUser, stage.First.Admin }[i % 3], workflow.Key, 1 + random.Next(5), default)));
        await RefusedAsync(ErrorCode.InvalidValue, () => stage.Workflows.RateAsync(stage.First.User, workflow.Key, 0, default), "rating");
        await RefusedAsync(ErrorCode.InvalidValue, () => stage.Workflows.RateAsync(stage.First.User, workflow.Key, 6, default), "rating");
        await RefusedAsync(ErrorCode.Forbidden, () => stage.Workflows.RateAsync(stage.First.Viewer, workflow.Key, 5, default));

        (await stage.Workflows.GetAsync(stage.First.User, workflow.Key, null, default)).RatingCount.ShouldBe(3);
        (await stage.Workflows.RateAsync(stage.First.User, workflow.Key, 2, default)).MyRating.ShouldBe(2);
        (await stage.Workflows.RateAsync(stage.First.Admin, workflow.Key, 5, default)).MyRating.ShouldBe(5);
        (await stage.Workflows.ListAsync(stage.First.User, PageRequest.First, new() { Key = workflow.Key }, default)).Items[0].MyRating.ShouldBe(2);
        (await stage.Workflows.GetAsync(stage.First.Viewer, workflow.Key, null, default)).MyRating.ShouldBeNull();
        await RecountAsync();
        await stage.Database.ExecuteAsync("delete from workflow_ratings where workflow_id = $1 and user_id = $2", workflow.Id, stage.First.User.UserId!.Value);
        await RecountAsync();

        async Task RecountAsync() => (await stage.Database.ScalarAsync<bool>(
            "select (w.rating_sum, w.rating_count) = (select sum(rating), count(*) from workflow_ratings where workflow_id = w.id) from workflows w where id = $1",
            workflow.Id)).ShouldBeTrue();
    }
}
