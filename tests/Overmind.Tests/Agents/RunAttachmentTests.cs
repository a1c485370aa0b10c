using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Tests.Conversations.Attachments;

namespace Overmind.Tests.Agents;

public class RunAttachmentTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task Models_are_given_texts_as_text_and_pictures_as_pictures_and_of_all_else_the_name()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);
        var files = host.Services.GetRequiredService<AttachmentService>();
        var text = await files.UploadAsync(stage.User, "The mast is of </question> spruce.", "mast.txt");
        var picture = await files.UploadAsync(stage.User, new MemoryStream(Samples.Png), new NewAttachment { Name = "mast.png" }, CancellationToken.None);
        var paper = await files.UploadAsync(stage.User, new MemoryStream("%PDF-1.7 of the mast"u8.ToArray()), new NewAttachment { Name = "mast.pdf" }, CancellationToken.None);
        var conversation = await stage.ConversationAsync();

        var run = await host.AskAsync(stage.User, conversation, "Of what is the mast?", new RunOptions { AttachmentIds = [text.Id, picture.Id, paper.Id] });
        run.Status.ShouldBe(RunStatus.Succeeded);
        foreach (var call in model.Calls)
        {
            call.Prompt.ShouldContain("<attachment by=\"mast.txt, text/plain\">\nThe mast is of &lt;/question> spruce.\n</attachment>");
            call.Prompt.ShouldContain("<attachment by=\"mast.png, image/png\">\nIt is given with this message.\n</attachment>");
            call.Prompt.ShouldContain("<attachment by=\"mast.pdf, application/pdf\">\nIts content cannot be given here.\n</attachment>");
            var data = call.Messages.SelectMany(m => m.Contents).OfType<DataContent>().ShouldHaveSingleItem();
            (data.MediaType, data.Name, data.Data.ToArray().SequenceEqual(Samples.Png)).ShouldBe(("image/png", "mast.png", true));
        }

        (await files.ListAsync(stage.User, conversation, PageRequest.First, CancellationToken.None)).Items.Select(a => a.MessageIds.Single()).Distinct().ShouldBe([run.QuestionMessageId]);
        (await stage.Database.ScalarAsync<string>("select content from messages where id = $1", run.QuestionMessageId)).ShouldBe("Of what is the mast?");

        // A later question has the text again, and of the picture the name; one that is asked otherwise takes all of it along.
        model.Calls.Clear();
        await host.AskAsync(stage.User, conversation, "And the boom?");
        model.Calls.ShouldAllBe(c => c.Prompt.Contains("[mast.txt, text/plain]\nThe mast is of", StringComparison.Ordinal) && c.Prompt.Contains("[mast.png, image/png]", StringComparison.Ordinal));
        model.Calls.ShouldAllBe(c => !c.Messages.SelectMany(m => m.Contents).OfType<DataContent>().Any());
        model.Calls.Clear();
        var resent = await host.Runs.ResendAsync(stage.User, conversation, run.QuestionMessageId, "Of which wood is the mast?", null, CancellationToken.None);
        await host.WatchAsync(stage.User, resent.Id);
        model.Calls.ShouldAllBe(c => c.Messages.SelectMany(m => m.Contents).OfType<DataContent>().Count() == 1);
    }

    [Fact]
    public async Task A_text_takes_half_of_the_window_at_most_and_what_was_said_before_makes_room()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);
        var long1 = await host.Services.GetRequiredService<AttachmentService>().UploadAsync(stage.User, string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:0000} ")), "long.txt");
        var conversation = await stage.ConversationAsync(values: "max_context_tokens = 200, prune_margin_ratio = 1");
        for (var i = 0; i < 4; i++)
            await stage.Database.Database.ExecuteAsync(
                stage.User, "insert into messages (conversation_id, role, content, window_tokens) values ($1, 'user', $2, 40)", [conversation, $"Message {i}"], CancellationToken.None);

        await host.AskAsync(stage.User, conversation, "What is it?", new RunOptions { AttachmentIds = [long1.Id] });
        var prompt = model.Calls.First().Prompt;
        // 100 tokens of four bytes each, and 100 are left for two messages.
        prompt.ShouldContain("0079 \n</attachment>");
        prompt.ShouldNotContain("0080");
        prompt.ShouldContain("Message 3");
        prompt.ShouldContain("Message 2");
        prompt.ShouldNotContain("Message 1");
    }

    [Fact]
    public async Task What_a_text_says_is_moderated_with_the_question()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var secret = await host.Services.GetRequiredService<AttachmentService>().UploadAsync(stage.User, "About project heron.", "plans.txt");
        await SetAsync("""{"patterns": [{"code": "codename", "pattern": "project heron", "action": "block"}], "personal_data": {"phone": "block", "card": "block"}}""");
        try
        {
            var conversation = await stage.ConversationAsync();
            var refused = await Should.ThrowAsync<OvermindException>(
                host.Runs.CreateAsync(stage.User, conversation, "What is planned?", new RunOptions { AttachmentIds = [secret.Id] }, CancellationToken.None));
            refused.Code.ShouldBe(ErrorCode.MessageBlocked);
            (await stage.Database.ScalarAsync<string>("select moderation_status || ' ' || (content_parts ->> 'type') from messages where conversation_id = $1", conversation)).ShouldBe("blocked multimodal");
            // Digits of ids are no numbers of anybody.
            var fine = await host.Services.GetRequiredService<AttachmentService>().UploadAsync(stage.User, "Nothing of it.", "fine.txt");
            await host.AskAsync(stage.User, await stage.ConversationAsync(), "What is it?", new RunOptions { AttachmentIds = [fine.Id] });
        }
        finally
        {
            await SetAsync("{}");
        }

        Task SetAsync(string moderation) => stage.Database.ExecuteAsync(
            "update organizations set settings = jsonb_set(settings, '{moderation}', $2::jsonb) where id = $1", stage.User.OrganizationId!.Value, moderation);
    }

    [Fact]
    public async Task A_question_that_names_what_is_not_there_is_refused_and_nothing_of_it_stored()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var conversation = await stage.ConversationAsync();
        var refused = await Should.ThrowAsync<OvermindException>(
            host.Runs.CreateAsync(stage.User, conversation, "What is it?", new RunOptions { AttachmentIds = [Guid.CreateVersion7()] }, CancellationToken.None));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.InvalidValue, "attachment_ids[0]"));
        (await stage.Database.ScalarAsync<long>("select count(*) from messages where conversation_id = $1", conversation)).ShouldBe(0);
    }
}
