using System.Net;
using Overmind.Errors;
using Overmind.Jobs.Webhooks;

namespace Overmind.Tests.Jobs.Webhooks;

/// <summary>Where webhooks may go, and what follows from an attempt.</summary>
public class WebhookRulesTests
{
    static readonly DateTimeOffset Now = new(2025, 8, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:db8::1")]
    [InlineData("ff02::1")]
    public void Addresses_that_are_not_public_are_closed(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("::ffff:93.184.216.34")]
    public void Public_addresses_are_open(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://example.com/hooks")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://localhost/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("ftp://example.com/")]
    [InlineData("/hooks")]
    [InlineData("")]
    public void An_address_that_webhooks_must_not_go_to_is_refused(string url) => Refused(new() { Url = url }, new()).ShouldBe("url");

    [Fact]
    public void Networks_that_the_settings_allow_are_open_and_no_others()
    {
        var options = new WebhookOptions { AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.1.0.0/16")] };
        foreach (var url in (string[])["http://127.0.0.1:8000/", "http://localhost/", "https://10.1.2.3/", "https://example.com/"])
            new NewWebhookEndpoint { Url = url }.Check(options);
        foreach (var url in (string[])["http://10.1.2.3/", "https://10.2.0.1/", "https://169.254.169.254/"])
            Refused(new() { Url = url }, options).ShouldBe("url", url);
    }

    [Fact]
    public void Events_that_there_are_not_are_refused_by_their_place() =>
        Refused(new() { Url = "https://example.com/", EventTypes = ["run.failed", "run.exploded"] }, new()).ShouldBe("event_types[1]");

    [Fact]
    public void Attempts_come_later_and_later_and_end_after_the_tenth()
    {
        var waits = Enumerable.Range(0, 10).Select(failures => WebhookOutcome.Of(Failed(500), failures, Now, 0)).ToList();
        waits.Select(o => o.NextAttemptAt - Now).ShouldBe(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
            TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), null,
        ]);
        waits.Select(o => o.Status).Distinct().ShouldBe([WebhookDeliveryStatus.Pending, WebhookDeliveryStatus.Failed]);
        waits.ShouldAllBe(o => o.DisabledReason == null);
    }

    [Fact]
    public void A_wait_that_the_endpoint_asks_for_is_heeded_where_it_is_longer_up_to_a_day()
    {
        Wait(0, 120).ShouldBe(TimeSpan.FromMinutes(2));
        Wait(2, 120).ShouldBe(TimeSpan.FromMinutes(30), "its own wait is longer");
        Wait(0, int.MaxValue).ShouldBe(TimeSpan.FromHours(24));
        Wait(0, null, 1).ShouldBe(TimeSpan.FromSeconds(5.5));
        Wait(0, 120, 0.5).ShouldBe(TimeSpan.FromSeconds(126), "those that were sent away together come back apart");
        Wait(9, 120).ShouldBeNull();

        static TimeSpan? Wait(int failures, int? asked, double jitter = 0) =>
            WebhookOutcome.Of(Failed(503) with { RetryAfterSeconds = asked }, failures, Now, jitter).NextAttemptAt - Now;
    }

    [Fact]
    public void An_endpoint_that_is_gone_or_fails_for_days_is_disabled()
    {
        WebhookOutcome.Of(Failed(410), 0, null, 0).ShouldBe(new(WebhookDeliveryStatus.Failed, null, "gone"));
        WebhookOutcome.Of(Failed(null), 3, Now - TimeSpan.FromDays(5), 0).ShouldBe(new(WebhookDeliveryStatus.Failed, null, "failing"));
        WebhookOutcome.Of(Failed(null), 0, Now - TimeSpan.FromDays(4.9), 0).DisabledReason.ShouldBeNull();
        WebhookOutcome.Of(new(Now, 204, 3, "", null), 3, Now - TimeSpan.FromDays(9), 0).ShouldBe(new(WebhookDeliveryStatus.Succeeded, null, null));
    }

    static WebhookAttempt Failed(int? status) => new(Now, status, 0, null, "no");

    static string? Refused(NewWebhookEndpoint endpoint, WebhookOptions options) => Should.Throw<OvermindException>(() => endpoint.Check(options)).Param;
}
