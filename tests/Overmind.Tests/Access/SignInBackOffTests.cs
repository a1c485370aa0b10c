using Microsoft.Extensions.Time.Testing;
using Overmind.Access;
using Overmind.Errors;

namespace Overmind.Tests.Access;

public class SignInBackOffTests
{
    readonly FakeTimeProvider _time = new();
    readonly SignInBackOff _backOff;

    public SignInBackOffTests() => _backOff = new SignInBackOff(_time);

    [Fact]
    public void Four_failures_cost_nothing_and_the_fifth_a_second_then_twice_as_long()
    {
        Fail(4);
        Should.NotThrow(() => _backOff.Check("a@b.test", "1.2.3.4"));
        Fail(1);
        Refused().RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Should.NotThrow(() => _backOff.Check("a@b.test", "1.2.3.4"));
        Fail(1);
        Refused().RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
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
        _backOff.Succeeded("a@b.test", "1.2.3.4");
        _backOff.Check("a@b.test", "1.2.3.4");
    });

    [Fact]
    public void Case_and_blanks_make_no_other_address_and_another_place_is_not_held_up()
    {
        Fail(5);
        Should.Throw<OvermindException>(() => _backOff.Check(" A@B.test", "1.2.3.4"));
        Should.NotThrow(() => _backOff.Check("a@b.test", "5.6.7.8"));
    }

    void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _backOff.Failed("a@b.test", "1.2.3.4");
    }

    OvermindException Refused()
    {
        var refused = Should.Throw<OvermindException>(() => _backOff.Check("a@b.test", "1.2.3.4"));
        refused.Code.ShouldBe(ErrorCode.TooManyAttempts);
        return refused;
    }
}
