using System.Text.RegularExpressions;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Tenancy;

public partial class PermissionTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task The_security_page_has_the_table_of_permissions() =>
        Row().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "security.md"))).Select(row => row.Value)
            .ShouldBe(Enum.GetValues<Permission>().Select(permission =>
            {
                var entry = PermissionCatalogue.Of(permission);
                return $"| `{PermissionCatalogue.Name(permission)}` | {LowerSnake.Write(entry.Role)} | {entry.What} | {(entry.IsGrantable ? "yes" : "")} |";
            }));

    [Fact]
    public void A_role_has_its_own_permissions_and_those_of_the_roles_below()
    {
        var viewer = data.First.Viewer;
        (viewer.May(Permission.ContentRead), viewer.May(Permission.ContentWrite)).ShouldBe((true, false));
        (data.Me.May(Permission.ContentWrite), data.Me.May(Permission.MembersManage)).ShouldBe((true, false));
        Enum.GetValues<Permission>().ShouldAllBe(permission => data.First.Admin.May(permission));
        (viewer with { Granted = PermissionSet.Of([Permission.MembersManage]) }).May(Permission.MembersManage).ShouldBeTrue();
        Claims.None.May(Permission.ContentRead).ShouldBeFalse();
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""["members.manage", "audit.read"]""", "members.manage audit.read")]
    [InlineData("""["organization.delete", "content.manage", "none", 1, null]""", "")]
    public void What_cannot_be_granted_grants_nothing(string stored, string granted) =>
        string.Join(' ', PermissionSet.Read(stored).Members().Select(PermissionCatalogue.Name)).ShouldBe(granted);

    [Fact]
    public async Task The_database_asks_for_grants_in_the_organization_of_the_claims_alone()
    {
        await data.DoAsync(data.First.Admin, """update organization_members set permissions = '["organization.manage"]' where user_id = $1""", data.Me.UserId);
        (await data.OneAsync<bool>(data.Me, "select overmind.has_permission('organization.manage')")).ShouldBeTrue();
        (await data.OneAsync<bool>(data.Me, "select overmind.has_permission('members.manage')")).ShouldBeFalse();
        (await data.OneAsync<bool>(data.Me with { OrganizationId = data.Second.OrganizationId }, "select overmind.has_permission('organization.manage')")).ShouldBeFalse();
        (await data.DoAsync(data.Me, "update organizations set name = 'Granted' where id = overmind.org_id()")).ShouldBe(1);
        (await data.DoAsync(data.First.OtherUser, "update organizations set name = 'Not granted' where id = overmind.org_id()")).ShouldBe(0);
    }

    [GeneratedRegex(@"^\| `[a-z]+\.[a-z]+` \| (viewer|user|admin) \|.*\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
