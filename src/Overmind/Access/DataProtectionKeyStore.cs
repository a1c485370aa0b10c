using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The key ring that protects cookies and forms, in the database, so that every node reads what another one wrote.</summary>
public sealed class DataProtectionKeyStore(Database database) : IXmlRepository
{
    const string ListSql = "select xml from overmind.read_data_protection_keys()";
    const string StoreSql = "select overmind.add_data_protection_key($1, $2)";

    // The interface is synchronous. It is called when the server starts and when a key is made, every 90 days.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => database.ListAsync(Claims.Service, new Statement(ListSql), row => row.GetString(0), CancellationToken.None))
            .GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var statement = new Statement(StoreSql, friendlyName, element.ToString(SaveOptions.DisableFormatting));
        Task.Run(() => database.ListAsync(Claims.Service, statement, row => 0, CancellationToken.None)).GetAwaiter().GetResult();
    }
}
