using Overmind.Jobs.Webhooks;

namespace Overmind.Tests.Jobs.Webhooks;

public class WebhookSignatureTests
{
    const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The example that the libraries of Standard Webhooks test themselves by.</summary>
    [Fact]
    public void The_published_example_has_the_published_signature() =>
        WebhookSignature.Of([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""")
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Each_secret_signs_while_they_rotate()
    {
        var added = WebhookSecret.Generate();
        WebhookSignature.Of([added, Secret], "id", 1, "{}").Split(' ')
            .ShouldBe([WebhookSignature.Of([added], "id", 1, "{}"), WebhookSignature.Of([Secret], "id", 1, "{}")]);
    }

    [Fact]
    public void A_secret_is_32_random_bytes()
    {
        var secret = WebhookSecret.Generate();
        secret.ShouldStartWith("whsec_");
        WebhookSecret.Key(secret).Length.ShouldBe(32);
        WebhookSecret.Generate().ShouldNotBe(secret);
    }
}
