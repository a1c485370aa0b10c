using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public class KeyTests(SharedInstance instance)
{
    [Fact]
    public async Task A_key_is_made_with_scopes_rotated_listed_and_revoked()
    {
        var made = await JsonAsync("key", "create", "--name", "Cli key", "--scopes", "jobs.read,run");
        var key = made.GetProperty("api_key");
        key.GetProperty("scopes").GetRawText().ShouldBe("""["jobs.read","run"]""");
        var prefix = key.GetProperty("key_prefix").GetString()!;

        var renewed = (await JsonAsync("key", "rotate", prefix, "--grace-hours", "1")).GetProperty("api_key");
        renewed.GetProperty("replaces").GetString().ShouldBe(key.GetProperty("id").GetString());
        (await RunAsync("key", "rotate", prefix)).Errors.ShouldContain("rotated already");
        var listed = (await JsonAsync("key", "list")).EnumerateArray().Where(k => k.GetProperty("name").GetString() == "Cli key").ToList();
        listed.Count.ShouldBe(2);
        (listed[1].GetProperty("expires_at").GetDateTimeOffset() - listed[1].GetProperty("rotated_at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        var table = (await RunAsync("key", "list")).Output;
        table.ShouldContain("Expires");
        table.ShouldContain("rotated");

        foreach (var one in listed)
            (await RunAsync("key", "revoke", one.GetProperty("id").GetString()!)).ExitCode.ShouldBe(0);
        (await RunAsync("key", "rotate", renewed.GetProperty("id").GetString()!)).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_scope_no_key_and_no_grace_is_refused()
    {
        var unknown = await RunAsync("key", "create", "--scopes", "read,delete");
        (unknown.ExitCode, unknown.Errors.Contains("'delete'", StringComparison.Ordinal)).ShouldBe((2, true));
        (await RunAsync("key", "rotate", "sk_live_00000000")).Errors.ShouldContain("there is no API key");
        (await RunAsync("key", "rotate", "sk_live_00000000", "--grace-hours", "721")).ExitCode.ShouldBe(2);
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
