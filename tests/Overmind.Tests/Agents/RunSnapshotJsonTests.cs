using System.Text.Json;
using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class RunSnapshotJsonTests
{
    [Fact]
    public void Members_and_enums_are_written_as_in_sql()
    {
        using var json = JsonDocument.Parse(RunSnapshotJson.Write(Runs.Snapshot()));
        json.RootElement.GetProperty("execution_mode").GetString().ShouldBe("parallel");
        json.RootElement.GetProperty("max_n2_iterations").GetInt32().ShouldBe(4);
        json.RootElement.GetProperty("agents")[0].GetProperty("output_format").GetString().ShouldBe("sim_4_lines");
        json.RootElement.GetProperty("agents")[0].GetProperty("model").GetProperty("provider").GetString().ShouldBe("offline");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Something_else_is_refused(string json) => Should.Throw<JsonException>(() => RunSnapshotJson.Read(json));

    [Fact]
    public void A_number_is_no_enum() =>
        Should.Throw<JsonException>(() => RunSnapshotJson.Read(RunSnapshotJson.Write(Runs.Snapshot()).Replace("\"parallel\"", "0")));
}
