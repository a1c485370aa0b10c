using System.Globalization;
using System.Net;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Cli.Configuration;

/// <summary>What a setting may be: how it is said, and the test.</summary>
/// <param name="Words">As "a number from 0 to 65535".</param>
/// <param name="Accepts">Whether a text is one.</param>
sealed record SettingType(string Words, Func<string, bool> Accepts)
{
    public static readonly SettingType Text = new("text", _ => true);
    public static readonly SettingType Folder = new("a folder", _ => true);
    public static readonly SettingType File = new("a file", _ => true);
    public static readonly SettingType Address = new("an IP address of this machine, or localhost", text => text == "localhost" || IPAddress.TryParse(text, out _));
    public static readonly SettingType Url = new("a URL as http://127.0.0.1:8080", text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");
    public static readonly SettingType SignUp = new("open or closed", text => text is "open" or "closed");
    public static readonly SettingType MailServer = new("a mail server as smtp://user:password@host:587 or smtps://user:password@host:465", text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "smtp" or "smtps" && url.Host.Length > 0);
    public static readonly SettingType Mailbox = new("an e-mail address, as Overmind <no-reply@example.com>", text => System.Net.Mail.MailAddress.TryCreate(text, out _));
    public static readonly SettingType Networks = new("networks as 10.1.0.0/16,127.0.0.0/8", text => text.Split(',').All(network => IPNetwork.TryParse(network.Trim(), out _)));
    public static readonly SettingType Database = new("a database as postgres://user:password@host:5432/database", IsDatabase);

    /// <summary>True where the value holds a password somewhere within.</summary>
    public bool HoldsPassword => this == Database;

    public static SettingType Integer(int from, int to) => new(
        $"a number from {from} to {to}", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to);

    public static SettingType NumberAbove(double limit) => new(
        $"a number above {limit}", text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > limit && double.IsFinite(number));

    /// <summary>A database without its password.</summary>
    public static string Masked(string database)
    {
        if (!IsDatabase(database))
            return "********";
        var named = new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(database));
        var password = string.IsNullOrEmpty(named.Password) ? "" : ":********";
        return $"postgres://{named.Username}{password}@{named.Host}:{named.Port}/{named.Database}";
    }

    static bool IsDatabase(string text)
    {
        try
        {
            return DatabaseUrl.ToConnectionString(text).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
