namespace Overmind.Tests;

public class SmokeTests
{
    [Fact]
    public void The_runner_finds_tests() => true.ShouldBeTrue();
}
