using System.Text.Json.Nodes;
using Overmind.Agents;
using Overmind.Models;

namespace Overmind.Tests.Agents;

public class AnswerMetadataTests
{
    static readonly RunSnapshot OneAgent = Runs.Snapshot() with { Agents = [Runs.SixAgents[0]] };

    [Fact]
    public void It_has_the_contributions_the_synthesis_and_the_history()
    {
        var script = new Script(OneAgent) { Answer = Script.Good(8.5, 9.2) };
        script.ToEnd();
        var steps = script.Steps.Select(s => s with { TokensUsed = 150, LatencyMs = 1200 }).ToList();
        var expected = JsonNode.Parse("""
            {
              "agent_contributions": [
                {
                  "agent_id": "creative",
                  "agent_role": "Creative Clarity",
                  "output": "1. creative\n2. of 2\n3. three\n4. four",
                  "tokens_used": 150,
                  "latency_ms": 1200
                }
              ],
              "synthesis_details": {
                "observation": "observation 2",
                "core_insights": ["insight 2"],
                "quality_score": 9.2,
                "score_rationale": "because 2"
              },
              "n2_history": [
                { "iteration": 1, "score": 8.5, "repair_directive": "repair 1" },
                { "iteration": 2, "score": 9.2, "accepted": true }
              ],
              "offline": true
            }
            """);
        JsonNode.DeepEquals(AnswerMetadata.Build(OneAgent, steps), expected).ShouldBeTrue(AnswerMetadata.Build(OneAgent, steps).ToString());
    }

    [Fact]
    public void An_unscored_answer_has_null_scores()
    {
        var script = new Script(OneAgent with { MaxN2Iterations = 1 }) { Answer = Script.Good([null]) };
        script.ToEnd();
        var metadata = AnswerMetadata.Build(OneAgent with { MaxN2Iterations = 1 }, script.Steps);
        metadata["n2_history"]!.ToJsonString().ShouldBe("""[{"iteration":1,"score":null,"accepted":true}]""");
        metadata["synthesis_details"]!["quality_score"].ShouldBeNull();
    }

    [Fact]
    public void Only_a_run_with_an_offline_model_is_labelled_offline()
    {
        var real = new ModelReference("openai", "gpt");
        var run = OneAgent with { Agents = [OneAgent.Agents[0] with { Model = real }], SynthesisModel = real, JudgeModel = real };
        AnswerMetadata.Build(run, []).ContainsKey("offline").ShouldBeFalse();
        AnswerMetadata.Build(run with { JudgeModel = ModelReference.Offline }, [])["offline"]!.GetValue<bool>().ShouldBeTrue();
    }
}
