using System.Text.Json.Nodes;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public class AttachmentsTests(SharedInstance instance)
{
    [Fact]
    public async Task A_file_is_uploaded_listed_downloaded_and_deleted()
    {
        var folder = TemporaryFolder.Create();
        var file = Path.Combine(folder, "rigging notes.csv");
        await File.WriteAllTextAsync(file, "stay,shroud\n2,4\n");

        var id = (await RunAsync("attachments", "upload", file)).Output;
        Guid.TryParse(id, out _).ShouldBeTrue(id);
        var listed = JsonNode.Parse((await RunAsync("attachments", "list", "--format", "json")).Output)!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!;
        (listed["name"]!.GetValue<string>(), listed["media_type"]!.GetValue<string>()).ShouldBe(("rigging notes.csv", "text/csv"));
        (await RunAsync("attachments", "list")).Output.ShouldContain("text/csv");

        var copy = Path.Combine(folder, "copy.csv");
        (await RunAsync("attachments", "download", id, "--to", copy)).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(copy)).ShouldBe("stay,shroud\n2,4\n");
        (await RunAsync("attachments", "download", id, "--to", "-")).Output.ShouldBe("stay,shroud\n2,4");
        (await RunAsync("attachments", "delete", id)).Output.ShouldBe($"Deleted {id}");
        (await RunAsync("attachments", "delete", id)).ExitCode.ShouldBe(1);
        (await RunAsync("attachments", "upload", file, "--type", "image/png")).Errors.ShouldContain("image/png");
        (await RunAsync("attachments", "upload", Path.Combine(folder, "none.txt"))).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_question_takes_files_along()
    {
        var folder = TemporaryFolder.Create();
        var file = Path.Combine(folder, "ballast.txt");
        await File.WriteAllTextAsync(file, "The ballast is of cast iron.");
        var asked = JsonNode.Parse((await RunAsync("ask", "Of what is the ballast?", "--attach", file, "--iterations", "1", "--format", "json")).Output)!;
        asked["answer"]!.GetValue<string>().ShouldContain("ballast.txt");
        (await RunAsync("ask", "--file", file, "--attach", file)).ExitCode.ShouldBe(2);
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
}
