using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public class OrgTests(SharedInstance instance)
{
    [Fact]
    public async Task An_operator_makes_limits_suspends_restores_deletes_and_purges_an_organization()
    {
        var made = await JsonAsync("org", "create", "Cli Sons", "--admin", "boss@cli-sons.test");
        made.GetProperty("slug").GetString().ShouldBe("cli-sons");
        (await RunAsync("org", "create", "Twice", "--slug", "cli-sons", "--admin", "boss@cli-sons.test")).ExitCode.ShouldBe(1);
        (await RunAsync("org", "create", "None", "--admin", "nobody")).ExitCode.ShouldBe(1);

        var limited = await JsonAsync("org", "limit", "cli-sons", "--plan", "pro", "--members", "3", "--tokens", "none");
        (limited.GetProperty("plan").GetString(), limited.GetProperty("max_users").GetInt32()).ShouldBe(("pro", 3));
        (await RunAsync("org", "limit", "cli-sons", "--members", "0")).ShouldSatisfyAllConditions(
            e => e.ExitCode.ShouldBe(1), e => e.Errors.ShouldStartWith("error: max_users is at least 1."), e => e.Errors.ShouldContain("docs/errors.md explains invalid_value"));
        (await RunAsync("org", "limit", "cli-sons", "--members", "many")).ExitCode.ShouldBe(2);

        (await RunAsync("org", "suspend", "cli-sons", "--reason", "An invoice is open.")).Output.ShouldContain("suspended: An invoice is open.");
        (await RunAsync("org", "restore", "cli-sons")).Output.ShouldContain("active");
        (await RunAsync("org", "cancel", "cli-sons")).Output.ShouldContain("cancelled, ends ");
        (await RunAsync("org", "purge", "cli-sons")).Errors.ShouldContain("overmind org delete");
        (await RunAsync("org", "delete", "cli-sons")).Output.ShouldContain("deleted, purged from ");
        (await RunAsync("org", "list")).Output.ShouldContain("cli-sons");
        (await RunAsync("org", "purge", "cli-sons")).ExitCode.ShouldBe(0);
        (await RunAsync("org", "show", "cli-sons")).Errors.ShouldContain("there is no organization cli-sons");
    }

    [Fact]
    public async Task Members_are_listed_and_changed_and_the_last_admin_stays()
    {
        var members = await JsonAsync("user", "list");
        var admin = members.EnumerateArray().First(m => m.GetProperty("role").GetString() == "admin");
        var email = admin.GetProperty("email").GetString()!;
        (await JsonAsync("user", "edit", email, "--name", "The boss")).GetProperty("display_name").GetString().ShouldBe("The boss");
        (await RunAsync("user", "edit", email, "--role", "user")).Errors.ShouldContain("no other admin");
        (await RunAsync("user", "remove", email)).Errors.ShouldContain("no other admin");
        (await RunAsync("user", "edit", "nobody@example.com", "--role", "user")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_tier_is_changed_and_given()
    {
        (await RunAsync("tier", "list")).Output.ShouldContain("enterprise");
        (await JsonAsync("tier", "edit", "pro", "--offered", "true", "--price", "25", "--runs", "none")).GetProperty("is_offered").GetBoolean().ShouldBeTrue();
        (await JsonAsync("tier", "edit", "pro", "--offered", "false", "--price", "20", "--runs", "20000")).GetProperty("price_usd").GetString().ShouldBe("20");
        (await RunAsync("tier", "edit", "gold", "--price", "1")).ExitCode.ShouldBe(1);
        (await JsonAsync("tier", "give", "enterprise")).GetProperty("tier").GetString().ShouldBe("enterprise");
        (await JsonAsync("tier", "give", "free")).GetProperty("next_tier").GetString().ShouldBe("free");
        (await RunAsync("tier", "give", "gold")).ExitCode.ShouldBe(1);
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
