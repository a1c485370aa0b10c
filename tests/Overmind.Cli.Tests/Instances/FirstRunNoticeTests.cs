using Overmind.Cli.Instances;
using Overmind.Server;

namespace Overmind.Cli.Tests.Instances;

public sealed class FirstRunNoticeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_terminal_the_first_credentials_go_to_a_file_only_its_owner_reads()
    {
        var instance = new InstanceFolder(folder);
        using var said = new StringWriter();
        FirstRunNotice.Give(instance, new FirstRun("admin@here", "s3cret", "om_key"), toTerminal: false, said);

        said.ToString().ShouldContain(instance.FirstRunFile);
        said.ToString().ShouldNotContain("s3cret");
        File.ReadAllText(instance.FirstRunFile).ShouldContain("s3cret");
        File.GetUnixFileMode(instance.FirstRunFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_terminal_shows_them_and_no_file_keeps_them()
    {
        var instance = new InstanceFolder(folder);
        using var said = new StringWriter();
        FirstRunNotice.Give(instance, new FirstRun("admin@here", "s3cret", "om_key"), toTerminal: true, said);

        said.ToString().ShouldContain("s3cret");
        Directory.GetFiles(folder).ShouldBeEmpty();
    }
}
