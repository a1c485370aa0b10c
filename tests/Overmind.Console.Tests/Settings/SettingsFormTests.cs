using Overmind.Agents;
using Overmind.Memory.Forming;
using Overmind.WebConsole.Settings;

namespace Overmind.WebConsole.Tests.Settings;

public class SettingsFormTests
{
    [Fact]
    public void What_is_stored_is_what_the_form_sends_back()
    {
        var stored = new OrganizationSettings
        {
            DefaultLlmProvider = "openrouter",
            DefaultModel = "meta/llama-4",
            Models = new OrganizationModels { Judge = "openai/gpt-4-turbo" },
            QualityThreshold = 8.5,
            CostCapUsd = 0.25m,
            DataRetentionDays = 90,
            EnableAnalytics = false,
            MemoryForming = FormingMode.Rules,
            MemoryTokens = 200,
        };

        var patch = SettingsForm.Of(stored).ToPatch();

        (patch.DefaultLlmProvider!.Value, patch.DefaultModel!.Value).ShouldBe(("openrouter", "meta/llama-4"));
        (patch.Models!.Value, patch.QualityThreshold!.Value, patch.CostCapUsd!.Value).ShouldBe((stored.Models, 8.5, 0.25m));
        (patch.DataRetentionDays!.Value, patch.EnableAnalytics!.Value).ShouldBe((90, false));
        (patch.MemoryForming!.Value, patch.MemoryTokens!.Value).ShouldBe((FormingMode.Rules, 200));
        (patch.MaxN2Iterations!.Value, patch.DeadlineSeconds!.Value).ShouldBe((null, null));
    }

    [Fact]
    public void What_is_empty_is_the_installations()
    {
        var patch = new SettingsForm { DefaultModel = " ", JudgeModel = "" }.ToPatch();

        (patch.DefaultLlmProvider!.Value, patch.DefaultModel!.Value, patch.Models!.Value).ShouldBe((null, null, null));
    }

    [Fact]
    public void A_model_without_its_provider_is_left_to_the_service_to_refuse()
    {
        var patch = new SettingsForm { DefaultModel = "gpt-4-turbo" }.ToPatch();

        (patch.DefaultLlmProvider!.Value, patch.DefaultModel!.Value).ShouldBe((null, "gpt-4-turbo"));
    }
}
