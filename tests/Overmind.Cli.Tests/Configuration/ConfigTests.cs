using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Configuration;

public sealed class ConfigTests : IDisposable
{
    readonly string folder = TemporaryFolder.Create();

    [Fact]
    public async Task Flags_count_before_the_environment_before_the_file_before_defaults()
    {
        var file = Write("""
            {
              // Another default would do as well.
              "port": 8081,
              "host": "127.0.0.3",
              "admin_email": "file@example.org",
              "admin_password": null
            }
            """);
        var settings = await ListAsync(new() { ["OVERMIND_HOST"] = "127.0.0.2", ["OVERMIND_ADMIN_EMAIL"] = "" });
        settings["port"].ShouldBe(("8081", $"{file}:3"));
        settings["host"].ShouldBe(("127.0.0.2", "OVERMIND_HOST"));
        settings["admin_email"].ShouldBe(("file@example.org", $"{file}:5"));
        settings["admin_password"].ShouldBe((null, "default"));
        settings["requests_per_minute"].ShouldBe(("600000", "default"));
    }

    [Fact]
    public async Task A_flag_counts_most()
    {
        Write("""{"url": "http://127.0.0.1:1"}""");
        var asked = await OvermindProcess.RunAsync(
            new Dictionary<string, string> { ["OVERMIND_URL"] = "http://127.0.0.1:2", ["OVERMIND_API_KEY"] = "sk_live_x" },
            "ask", "--data", folder, "--url", "no-url", "Which one?");
        asked.ExitCode.ShouldBe(1);
        asked.Errors.ShouldContain("url in --url is \"no-url\", not a URL");
    }

    [Fact]
    public async Task Another_file_may_be_named()
    {
        var file = Path.Combine(folder, "other.json");
        File.WriteAllText(file, """{"port": 8082}""");
        (await ListAsync([], "--config", file))["port"].ShouldBe(("8082", $"{file}:1"));
        (await ListAsync(new() { ["OVERMIND_CONFIG"] = file }))["port"].ShouldBe(("8082", $"{file}:1"));
        var absent = await OvermindProcess.RunAsync("config", "check", "--data", folder, "--config", file + ".not");
        absent.ExitCode.ShouldBe(1);
        absent.Output.ShouldContain($"{file}.not cannot be read");
    }

    [Theory]
    [InlineData("""{"prot": 8081}""", "there is no setting prot, in FILE:1; did you mean port?")]
    [InlineData("""{"nonsense_that_is_near_nothing": 1}""", "there is no setting nonsense_that_is_near_nothing, in FILE:1")]
    [InlineData("{\n\"port\": \"eighty\"}", "port in FILE:2 is \"eighty\", not a number from 0 to 65535")]
    [InlineData("""{"port": 65536}""", "port in FILE:1 is \"65536\", not a number from 0 to 65535")]
    [InlineData("""{"port": true}""", "port in FILE:1 is \"true\", not a number")]
    [InlineData("""{"port": [8080]}""", "port in FILE:1 is an object or a list")]
    [InlineData("""{"port": 1, "port": 2}""", "port in FILE:1 is set twice")]
    [InlineData("""{"host": "example.org"}""", "host in FILE:1 is \"example.org\", not an IP address")]
    [InlineData("""{"offline_tokens_per_second": 0}""", "offline_tokens_per_second in FILE:1 is \"0\", not a number above 0")]
    [InlineData("""{"database_url": "mysql://me:secret@db/x"}""", "database_url in FILE:1 is not a database as postgres://")]
    [InlineData("{\"port\": 1,\n", "FILE:2 is no JSON")]
    [InlineData("[]", "FILE:1 is no JSON object")]
    [InlineData("", "FILE:1 is no JSON")]
    public async Task What_is_wrong_with_the_file_is_told_with_its_place(string text, string problem)
    {
        var file = Write(text);
        var check = await OvermindProcess.RunAsync("config", "check", "--data", folder);
        check.ExitCode.ShouldBe(1);
        check.Output.ShouldContain(problem.Replace("FILE", file));
        check.Output.ShouldNotContain("secret");
        var up = await OvermindProcess.RunAsync("up", "--data", folder, "--format", "json");
        up.ExitCode.ShouldBe(1);
        up.Output.ShouldContain("bad_configuration");
    }

    [Fact]
    public async Task A_variable_that_is_no_setting_is_an_error_with_a_suggestion()
    {
        var variables = new Dictionary<string, string> { ["OVERMIND_DATABSE_URL"] = "postgres://db", ["OVERMIND_PORT"] = "-1" };
        var check = await OvermindProcess.RunAsync(variables, "config", "check", "--data", folder, "--format", "json");
        check.ExitCode.ShouldBe(1);
        var problems = JsonDocument.Parse(check.Output).RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()).ToList();
        problems.ShouldBe(
        [
            "there is no setting for the environment variable OVERMIND_DATABSE_URL; did you mean OVERMIND_DATABASE_URL?",
            "port in OVERMIND_PORT is \"-1\", not a number from 0 to 65535",
        ]);
        var up = await OvermindProcess.RunAsync(variables, "up", "--data", folder);
        up.ExitCode.ShouldBe(1);
        up.Errors.ShouldContain("OVERMIND_DATABSE_URL");
        up.Errors.ShouldContain("`overmind config check` names 1 more");
    }

    [Fact]
    public async Task Secrets_are_never_shown()
    {
        var variables = new Dictionary<string, string>
        {
            ["OVERMIND_ADMIN_PASSWORD"] = "hunter2",
            ["OVERMIND_API_KEY"] = "sk_live_hunter2",
            ["OVERMIND_DATABASE_URL"] = "postgres://me:hunter2@db.example.org:5433/app",
        };
        foreach (var format in new[] { "text", "json" })
        {
            var list = await OvermindProcess.RunAsync(variables, "config", "list", "--data", folder, "--format", format);
            list.ExitCode.ShouldBe(0, list.Errors);
            list.Output.ShouldNotContain("hunter2");
            list.Output.ShouldContain("db.example.org");
        }
    }

    [Fact]
    public async Task The_doctor_names_what_is_wrong_and_how_to_mend_it()
    {
        var variables = new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = "postgres://me:hunter2@127.0.0.1:1/app", ["OVERMIND_HOSTT"] = "x" };
        var doctor = await OvermindProcess.RunAsync(variables, "doctor", "--data", folder, "--format", "json");
        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldNotContain("hunter2");
        var findings = JsonDocument.Parse(doctor.Output).RootElement.GetProperty("findings").EnumerateArray().ToList();
        findings.Where(finding => !finding.GetProperty("ok").GetBoolean()).ShouldAllBe(finding => finding.GetProperty("remedy").GetString() != null);
        findings.Single(finding => finding.GetProperty("name").GetString() == "database").GetProperty("ok").GetBoolean().ShouldBeFalse();
        findings.Single(finding => finding.GetProperty("name").GetString() == "configuration").GetProperty("found").GetString()
            .ShouldNotBeNull().ShouldContain("did you mean OVERMIND_HOST?");
        findings.Select(finding => finding.GetProperty("name").GetString()).ShouldBe(
            ["configuration", ".NET SDK 10", "database", "data folder", "free space", "port 8080", "chromium"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Write(string text)
    {
        var file = Path.Combine(folder, "overmind.json");
        File.WriteAllText(file, text);
        return file;
    }

    async Task<Dictionary<string, (string? Value, string Source)>> ListAsync(Dictionary<string, string> variables, params string[] flags)
    {
        var list = await OvermindProcess.RunAsync(variables, ["config", "list", "--data", folder, "--format", "json", .. flags]);
        list.ExitCode.ShouldBe(0, list.Errors + list.Output);
        return JsonDocument.Parse(list.Output).RootElement.GetProperty("settings").EnumerateArray().ToDictionary(
            setting => setting.GetProperty("name").GetString()!,
            setting => (setting.GetProperty("value").GetString(), setting.GetProperty("source").GetString()!));
    }
}
