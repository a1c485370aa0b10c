using Npgsql;

namespace Overmind.Postgres;

/// <summary>Reads how an operator names a database: a <c>postgres://</c> URL as libpq takes it, or an Npgsql connection string.</summary>
public static class DatabaseUrl
{
    /// <summary>The Npgsql connection string for <paramref name="value"/>.</summary>
    /// <exception cref="FormatException">It is neither, or has a parameter that is not known. The message holds no secret.</exception>
    public static string ToConnectionString(string value)
    {
        var text = value.Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        try
        {
            return scheme < 0
                ? new NpgsqlConnectionStringBuilder(text).ConnectionString
                : FromUrl(text[..scheme], text[(scheme + 3)..]).ConnectionString;
        }
        catch (Exception wrong) when (wrong is ArgumentException or UriFormatException)
        {
            throw new FormatException("the database is named neither by a postgres:// URL nor by an Npgsql connection string", wrong);
        }
    }

    static NpgsqlConnectionStringBuilder FromUrl(string scheme, string rest)
    {
        if (scheme is not ("postgres" or "postgresql"))
            throw new FormatException("a database URL begins with postgres:// or postgresql://");
        var (beforeQuery, query) = Split(rest, rest.IndexOf('?'));
        var (authority, database) = Split(beforeQuery, beforeQuery.IndexOf('/'));
        var (user, hosts) = authority.LastIndexOf('@') is >= 0 and var at ? (authority[..at], authority[(at + 1)..]) : ("", authority);
        var (name, password) = Split(user, user.IndexOf(':'));

        var builder = new NpgsqlConnectionStringBuilder();
        SetHosts(builder, hosts);
        if (name.Length > 0)
            builder.Username = Uri.UnescapeDataString(name);
        if (password.Length > 0)
            builder.Password = Uri.UnescapeDataString(password);
        if (database.Length > 0)
            builder.Database = Uri.UnescapeDataString(database);
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, set) = Split(parameter, parameter.IndexOf('='));
            SetParameter(builder, Uri.UnescapeDataString(key), Uri.UnescapeDataString(set));
        }
        return builder;
    }

    static void SetHosts(NpgsqlConnectionStringBuilder builder, string hosts)
    {
        var decoded = Uri.UnescapeDataString(hosts);
        if (decoded.Contains(','))
        {
            builder.Host = decoded;
            return;
        }
        // The colon of a port stands behind the brackets of an IPv6 address.
        var colon = decoded.LastIndexOf(':') is var last && last > decoded.LastIndexOf(']') ? last : -1;
        var (host, port) = Split(decoded, colon);
        if (host.Length > 0)
            builder.Host = host.Trim('[', ']');
        if (port.Length > 0)
            builder.Port = int.TryParse(port, out var number) ? number : throw new FormatException("the port of the database URL is not a number");
    }

    static void SetParameter(NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        // libpq's names on the left; what Npgsql names alike passes through.
        var keyword = key switch
        {
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "sslpassword" => "SSL Password",
            "sslmode" => "SSL Mode",
            "connect_timeout" => "Timeout",
            "application_name" => "Application Name",
            "channel_binding" => "Channel Binding",
            "target_session_attrs" => "Target Session Attributes",
            "gssencmode" => "GSS Encryption Mode",
            "dbname" => "Database",
            "user" => "Username",
            _ => key,
        };
        try
        {
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception unknown) when (unknown is ArgumentException or FormatException or InvalidCastException)
        {
            throw new FormatException($"the database URL's parameter {key} is not known or has no valid value", unknown);
        }
    }

    static (string Before, string After) Split(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
}
