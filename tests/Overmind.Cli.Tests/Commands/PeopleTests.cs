using System.Text;
using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

/// <summary>Inviting somebody, their devices, and what of it stands in the audit log.</summary>
public class PeopleTests(SharedInstance instance)
{
    const string Password = "correct horse battery";

    [Fact]
    public async Task Somebody_is_invited_joins_is_shown_and_signs_their_devices_out()
    {
        var sent = await JsonAsync("invite", "send", "joins@people.test", "--role", "viewer", "--days", "2");
        (sent.GetProperty("status").GetString(), sent.GetProperty("role").GetString()).ShouldBe(("pending", "viewer"));
        (await RunAsync("invite", "list", "--status", "pending")).Output.ShouldContain(sent.GetProperty("id").GetString()!);
        var first = await AcceptAsync("joins@people.test");

        var shown = (await RunAsync("user", "show", "joins@people.test")).Output;
        shown.ShouldStartWith("Joins (joins@people.test, ");
        shown.ShouldMatch("Role +viewer\n");
        shown.ShouldMatch("Permissions +those of the role\n");
        (await JsonAsync("user", "edit", "joins@people.test", "--permissions", "audit.read")).GetProperty("permissions")[0].GetString().ShouldBe("audit.read");
        (await JsonAsync("user", "show", "joins@people.test")).GetProperty("permissions")[0].GetString().ShouldBe("audit.read");
        (await RunAsync("user", "edit", "joins@people.test")).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(2), e => e.Errors.ShouldContain("--role"));
        (await RunAsync("invite", "send", "Joins@people.test")).Errors.ShouldContain("is a member already");
        (await RunAsync("user", "show", "nobody@people.test")).Errors.ShouldContain("there is no member nobody@people.test");

        var second = await SignInAsync("joins@people.test", "Planner");
        (await RunAsync("session", "list", "--key", first)).Output.ShouldContain("Planner");
        var planner = (await JsonAsync("session", "list", "--key", first)).EnumerateArray().First(session => session.GetProperty("device_name").GetString() == "Planner");
        (await RunAsync("session", "revoke", planner.GetProperty("id").GetString()!, "--key", first)).Output.ShouldStartWith("Ended ");
        (await RunAsync("session", "list", "--key", second)).Errors.ShouldContain("session");
        await SignInAsync("joins@people.test", "Laptop");
        (await RunAsync("session", "revoke", "--all", "--key", first)).Output.ShouldBe("Ended 1 session");
        (await RunAsync("session", "revoke", "--key", first)).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(2), e => e.Errors.ShouldContain("--all"));
        (await RunAsync("session", "revoke", "mine", "--key", first)).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(2), e => e.Errors.ShouldContain("mine is no session's id"));
        (await RunAsync("user", "remove", "joins@people.test")).Output.ShouldBe("Removed Joins");
        (await RunAsync("session", "list", "--key", first)).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_is_sent_once_more_and_cancelled()
    {
        var id = (await JsonAsync("invite", "send", "later@people.test")).GetProperty("id").GetString()!;
        (await RunAsync("invite", "send", "later@people.test")).Errors.ShouldContain("later@people.test");
        (await RunAsync("invite", "resend", id)).Output.ShouldBe("Sent once more to later@people.test");
        (await RunAsync("invite", "cancel", id)).Output.ShouldBe("Cancelled the invitation of later@people.test");
        (await RunAsync("invite", "cancel", id)).ExitCode.ShouldBe(1);
        (await RunAsync("invite", "list", "--status", "cancelled")).Output.ShouldContain(id);
        (await RunAsync("invite", "send", "no address")).Errors.ShouldContain("email");
        (await RunAsync("invite", "send", "x@people.test", "--role", "owner")).Errors.ShouldContain("role");
    }

    [Fact]
    public async Task What_was_done_is_listed_shown_and_exported_by_what_is_asked_for()
    {
        var id = (await JsonAsync("invite", "send", "audited@people.test")).GetProperty("id").GetString()!;
        await RunAsync("invite", "cancel", id);
        var listed = await JsonAsync("audit", "list", "--resource", id);
        listed.EnumerateArray().Select(act => act.GetProperty("event_type").GetString()).ShouldBe(["invitation.cancelled", "invitation.created"], ignoreOrder: true);
        var cancelled = listed.EnumerateArray().First(act => act.GetProperty("event_type").GetString() == "invitation.cancelled").GetProperty("id").GetString()!;
        (await RunAsync("audit", "show", cancelled)).Output.ShouldContain($"invitation {id}");

        var file = Path.Combine(TemporaryFolder.Create(), "audit.jsonl");
        (await RunAsync("audit", "export", "--to", file, "--resource", id, "--resource-type", "invitation", "--status", "success", "--since", "2020-01-01")).ExitCode.ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(file);
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event_type").GetString()).ShouldBe(["invitation.created", "invitation.cancelled"]);
        (await RunAsync("audit", "export", "--resource", id, "--event", "invitation.created")).Output.Split('\n').ShouldHaveSingleItem().ShouldContain(id);
        (await RunAsync("audit", "export", "--resource", id, "--until", "2020-01-01")).Output.ShouldBeEmpty();
        (await RunAsync("audit", "export", "--to", "/nowhere/audit.jsonl")).Errors.ShouldContain("name another file with --to");
        (await RunAsync("audit", "export", "--status", "odd")).Errors.ShouldContain("status");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    async Task<string> AcceptAsync(string email) => await TokenAsync(
        "/v1/invitations/accept", new { token = await Mail.TokenAsync(await instance.DataAsync(), email), name = "Joins", password = Password });

    Task<string> SignInAsync(string email, string device) => TokenAsync("/v1/auth/sign_in", new { email, password = Password, device_name = device });

    async Task<string> TokenAsync(string path, object body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        var url = (await JsonAsync("status")).GetProperty("url").GetString()!;
        using var answer = await http.PostAsync(url.TrimEnd('/') + path, content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()!;
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);

    async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var ran = await RunAsync([.. arguments, "--format", "json"]);
        ran.ExitCode.ShouldBe(0, ran.Errors);
        return JsonDocument.Parse(ran.Output).RootElement;
    }
}
