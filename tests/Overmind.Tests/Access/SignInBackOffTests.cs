using System.Net;
using Microsoft.Extensions.Time.Testing;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tests.Access;

public class SignInBackOffTests
{
    static readonly RequestOrigin Here = At("1.2.3.4");
    static readonly RequestOrigin Elsewhere = At("5.6.7.8");

    readonly FakeTimeProvider _time = new();
    readonly SignInBackOff _backOff;

    public SignInBackOffTests() => _backOff = new SignInBackOff(_time);

    [Fact]
    public void Four_failures_cost_nothing_and_the_fifth_a_second_then_twice_as_long()
    {
        Fail(4);
        Should.NotThrow(() => _backOff.Check("a@b.test", Here));
        Fail(1);
        Refused().RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Should.NotThrow(() => _backOff.Check("a@b.test", Here));
        Fail(1);
        Refused().RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Who_goes_on_trying_is_news_once_for_each_failure_that_made_them_wait()
    {
        Fail(5);
        _backOff.Find("a@b.test", Here)!.IsNews.ShouldBeTrue();
        _backOff.Find("a@b.test", Here)!.IsNews.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        _backOff.Find("a@b.test", Here).ShouldBeNull();
        Fail(1);
        _backOff.Find("a@b.test", Here)!.IsNews.ShouldBeTrue();
        _backOff.Find("a@b.test", Here)!.IsNews.ShouldBeFalse();
    }

    [Fact]
    public void No_wait_is_longer_than_a_quarter_of_an_hour()
    {
        Fail(60);
        Refused().RetryAfter.ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void A_success_forgets_the_failures() => Should.NotThrow(() =>
    {
        Fail(5);
        _backOff.Succeeded("a@b.test", Here);
        _backOff.Check("a@b.test", Here);
    });

    [Fact]
    public void Case_and_blanks_make_no_other_address_and_another_place_is_not_held_up()
    {
        Fail(5);
        Should.Throw<OvermindException>(() => _backOff.Check(" A@B.test", Here));
        Should.NotThrow(() => _backOff.Check("a@b.test", Elsewhere));
    }

    [Fact]
    public void An_address_that_tries_many_accounts_is_slowed_whatever_it_tries()
    {
        for (var i = 0; i < 50; i++)
            _backOff.Failed($"{i}@b.test", Here);
        Should.Throw<OvermindException>(() => _backOff.Check("new@b.test", Here));
        Should.NotThrow(() => _backOff.Check("new@b.test", Elsewhere));
    }

    [Fact]
    public void Many_machines_slow_an_account_by_a_minute_at_most_and_not_for_whoever_was_there_before()
    {
        _backOff.Succeeded("a@b.test", Elsewhere);
        for (var i = 0; i < 500; i++)
            _backOff.Failed("a@b.test", At($"10.0.{i / 250}.{i % 250}"));
        Refused().RetryAfter.ShouldBe(TimeSpan.FromMinutes(1));
        Should.NotThrow(() => _backOff.Check("a@b.test", Elsewhere));
    }

    static RequestOrigin At(string address) => new(IPAddress.Parse(address), null, null);

    void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _backOff.Failed("a@b.test", Here);
    }

    OvermindException Refused()
    {
        var refused = Should.Throw<OvermindException>(() => _backOff.Check("a@b.test", Here));
        refused.Code.ShouldBe(ErrorCode.TooManyAttempts);
        return refused;
    }
}
