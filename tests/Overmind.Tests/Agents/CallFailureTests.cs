using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Tests.Agents;

public class CallFailureTests
{
    [Theory]
    [InlineData(ErrorCode.ModelInterrupted, true, true)]
    [InlineData(ErrorCode.ModelTimedOut, true, true)]
    [InlineData(ErrorCode.ModelOverloaded, true, true)]
    [InlineData(ErrorCode.ModelBadResponse, true, false)]
    [InlineData(ErrorCode.ModelOverloaded, false, false)]
    [InlineData(ErrorCode.ModelRateLimited, false, false)]
    [InlineData(ErrorCode.ModelTimedOut, false, false)]
    [InlineData(ErrorCode.ModelAuthenticationFailed, false, false)]
    public void A_run_repeats_what_broke_off_and_not_what_was_given_up(ErrorCode code, bool afterFirstToken, bool repeats) =>
        CallFailure.IsTransient(new ModelCallException(code, "failed") { AfterFirstToken = afterFirstToken }).ShouldBe(repeats);

    [Fact]
    public void What_an_admin_has_to_mend_is_told_as_it_is_and_not_repeated()
    {
        var failure = new OvermindException(ErrorCode.EncryptionUnavailable, "Set the key.");
        CallFailure.IsTransient(failure).ShouldBeFalse();
        CallFailure.Describe(new ModelReference("openai", "m"), failure).ShouldBe("Set the key.");
    }
}
