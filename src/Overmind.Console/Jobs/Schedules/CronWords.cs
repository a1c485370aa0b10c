using System.Globalization;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>A cron expression as a person would say it.</summary>
public static class CronWords
{
    static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>As <c>Monday to Friday at 08:30</c>; null for what has no plain words, or is no cron.</summary>
    public static string? Of(string cron)
    {
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var words = fields switch
        {
            [['@', ..] macro] => Macro(macro),
            [var minute, var hour, var day, var month, var weekday] => Join(Times(minute, hour), Days(day, weekday), Months(month)),
            _ => null,
        };
        return words is null ? null : char.ToUpperInvariant(words[0]) + words[1..];
    }

    static string? Macro(string macro) => macro.ToLowerInvariant() switch
    {
        "@every_minute" => "every minute",
        "@hourly" => "every hour",
        "@daily" or "@midnight" => "every day at 00:00",
        "@weekly" => "Sunday at 00:00",
        "@monthly" => "day 1 of the month at 00:00",
        "@yearly" or "@annually" => "1 January at 00:00",
        _ => null,
    };

    static string? Join(string? times, string? days, string? months)
    {
        if (times is null || days is null || months is null) return null;
        // A time of day belongs to a day; a rhythm goes on through days.
        var isTimeOfDay = times.StartsWith("at ", StringComparison.Ordinal);
        var said = isTimeOfDay
            ? $"{(days.Length == 0 ? "every day" : days)} {times}"
            : days.Length == 0 ? times : $"{times}, {days}";
        return months.Length == 0 ? said : $"{said}, {months}";
    }

    static string? Times(string minute, string hour)
    {
        if (Numbers(minute) is { } minutes && Numbers(hour) is { } hours && minutes.Count * hours.Count <= 6)
            return "at " + And([.. hours.SelectMany(h => minutes.Select(m => Clock(h, m)))]);
        var within = hour is "*" ? "" : Step(hour) is { } n ? $", in every {n}th hour" : Hours(hour) is { } span ? $", {span}" : null;
        if (within is null) return null;
        if (minute is "*") return "every minute" + within;
        if (Step(minute) is { } every) return $"every {every} minutes{within}";
        if (Numbers(minute) is not { } at) return null;
        if (Step(hour) is { } hoursApart) return $"every {hoursApart} hours{Past(at)}";
        return hour is "*" ? "every hour" + Past(at) : $"every hour{within}{Past(at)}";
    }

    static string Past(IReadOnlyList<int> minutes) => minutes is [0] ? "" : $", at minute {And([.. minutes.Select(m => m.ToString(CultureInfo.InvariantCulture))])}";

    static string? Hours(string hour) => hour.Split('-') is [var from, var to] && Number(from) is { } first && Number(to) is { } last
        ? $"from {Clock(first, 0)} to {Clock(last, 59)}"
        : Numbers(hour) is { } hours ? "in the hour of " + And([.. hours.Select(h => Clock(h, 0))]) : null;

    static string? Days(string day, string weekday)
    {
        var (days, weekdays) = (DaysOfMonth(day), Weekdays(weekday));
        if (days is null || weekdays is null) return null;
        return weekdays.Length == 0 ? days : days.Length == 0 ? weekdays : $"{days} when it is {weekdays}";
    }

    static string? DaysOfMonth(string day) => day.ToUpperInvariant() switch
    {
        "*" or "?" => "",
        "L" => "the last day of the month",
        "LW" => "the last weekday of the month",
        [.. var number, 'W'] when Number(number) is { } near => $"the weekday nearest to day {near} of the month",
        _ when Step(day) is { } n => $"every {n} days of the month",
        _ => Values(day, d => Number(d)?.ToString(CultureInfo.InvariantCulture)) is { } values
            ? $"{(values.Any(char.IsWhiteSpace) ? "days" : "day")} {values} of the month" : null,
    };

    static string? Weekdays(string weekday) => weekday.ToUpperInvariant() switch
    {
        "*" or "?" => "",
        [.. var name, 'L'] when Weekday(name) is { } last => $"the last {last} of the month",
        [.. var name, '#', var nth] when Weekday(name) is { } counted && nth is >= '1' and <= '5' => $"the {Ordinals[nth - '1']} {counted} of the month",
        _ => Values(weekday, Weekday),
    };

    static string? Months(string month) => month is "*" ? "" : Step(month) is { } n ? $"every {n} months" : Values(month, Month) is { } values ? $"in {values}" : null;

    static string? Weekday(string text) => Number(text) is { } number and >= 0 and <= 7
        ? WeekdayName((DayOfWeek)(number % 7))
        : Enum.GetValues<DayOfWeek>().Select(WeekdayName).FirstOrDefault(d => text.Length == 3 && d.StartsWith(text, StringComparison.OrdinalIgnoreCase));

    static string WeekdayName(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day);

    static string? Month(string text) => Enumerable.Range(1, 12)
        .Where(m => Number(text) == m || (text.Length == 3 && MonthName(m).StartsWith(text, StringComparison.OrdinalIgnoreCase)))
        .Select(MonthName).FirstOrDefault();

    static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    // A list of values and ranges, by name.
    static string? Values(string field, Func<string, string?> name)
    {
        var values = new List<string>();
        foreach (var item in field.Split(','))
        {
            var ends = item.Split('-').Select(name).ToList();
            if (ends.Count > 2 || ends.Contains(null)) return null;
            values.Add(string.Join(" to ", ends));
        }

        return And(values);
    }

    static List<int>? Numbers(string field)
    {
        var numbers = field.Split(',').Select(Number).ToList();
        return numbers.Contains(null) ? null : [.. numbers.Select(n => n!.Value)];
    }

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static int? Step(string field) => field.Split('/') is ["*" or "0", var step] ? Number(step) : null;

    static string Clock(int hour, int minute) => $"{hour:00}:{minute:00}";

    static string And(List<string> items) => items.Count == 1 ? items[0] : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";
}
