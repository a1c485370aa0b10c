using Overmind.WebConsole.Jobs.Schedules;

namespace Overmind.WebConsole.Tests.Jobs.Schedules;

public class CronWordsTests
{
    [Theory]
    [InlineData("30 8 * * MON-FRI", "Monday to Friday at 08:30")]
    [InlineData("0 9 * * *", "Every day at 09:00")]
    [InlineData("0 9,17 * * 1,3", "Monday and Wednesday at 09:00 and 17:00")]
    [InlineData("0,30 8 * * *", "Every day at 08:00 and 08:30")]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("*/15 * * * *", "Every 15 minutes")]
    [InlineData("*/10 9-17 * * 1-5", "Every 10 minutes, from 09:00 to 17:59, Monday to Friday")]
    [InlineData("5 * * * *", "Every hour, at minute 5")]
    [InlineData("0 */6 * * *", "Every 6 hours")]
    [InlineData("0 6 1 * *", "Day 1 of the month at 06:00")]
    [InlineData("0 6 1,15 1-3 *", "Days 1 and 15 of the month at 06:00, in January to March")]
    [InlineData("0 6 L * *", "The last day of the month at 06:00")]
    [InlineData("0 6 15W * *", "The weekday nearest to day 15 of the month at 06:00")]
    [InlineData("0 6 * * FRI#2", "The second Friday of the month at 06:00")]
    [InlineData("0 6 * * 5L", "The last Friday of the month at 06:00")]
    [InlineData("0 0 13 * 5", "Day 13 of the month when it is Friday at 00:00")]
    [InlineData("0 0 1 JAN *", "Day 1 of the month at 00:00, in January")]
    [InlineData("@daily", "Every day at 00:00")]
    [InlineData("@hourly", "Every hour")]
    public void Cron_is_read_in_words(string cron, string words) => CronWords.Of(cron).ShouldBe(words);

    [Theory]
    [InlineData("")]
    [InlineData("0 9 * *")]
    [InlineData("nonsense")]
    [InlineData("1-5/2 9 * * *")]
    [InlineData("0 9 * * XYZ")]
    [InlineData("@never")]
    public void What_has_no_plain_words_gets_none(string cron) => CronWords.Of(cron).ShouldBeNull();
}
