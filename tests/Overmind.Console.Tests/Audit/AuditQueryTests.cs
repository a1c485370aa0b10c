using System.Text;
using Overmind.Audit;
using Overmind.WebConsole.Audit;

namespace Overmind.WebConsole.Tests.Audit;

public class AuditQueryTests
{
    [Fact]
    public void What_is_chosen_stands_in_the_address_and_comes_back_from_it()
    {
        var query = new AuditQuery { Event = "api_key.created", Action = AuditAction.Create, Status = AuditStatus.Failure, UserId = Guid.Empty, Resource = "a&b" };
        query.Address.ShouldBe("audit?event=api_key.created&action=create&status=failure&user=00000000-0000-0000-0000-000000000000&resource=a%26b");
        AuditQuery.Of("api_key.created", "create", "failure", Guid.Empty, "a&b", null).ShouldBe(query);
        AuditQuery.Of(" ", "look", "maybe", null, "", null).ShouldBe(new AuditQuery());
        new AuditQuery().Address.ShouldBe("audit");
    }

    [Fact]
    public void A_word_without_a_point_is_what_things_were_done_to()
    {
        new AuditQuery { Event = "api_key" }.Filter.ShouldBe(new AuditLogFilter { ResourceType = "api_key" });
        new AuditQuery { Event = "api_key.created" }.Filter.ShouldBe(new AuditLogFilter { EventType = "api_key.created" });
    }

    [Fact]
    public void Values_stand_beside_each_other_by_name()
    {
        var log = new AuditLog
        {
            Id = Guid.Empty,
            EventType = "agent.updated",
            Action = AuditAction.Update,
            ResourceType = "agent",
            Status = AuditStatus.Success,
            OldValues = Json("""{"name": "Old", "max_tokens": 5}"""),
            NewValues = Json("""{"name": "New", "settings": {"a": 1}, "max_tokens": null}"""),
            Metadata = Json("{}"),
            Personal = default,
            CreatedAt = default,
        };
        AuditDifference.Of(log).ShouldBe([new("max_tokens", "5", null), new("name", "Old", "New"), new("settings", null, """{"a": 1}""")]);
        AuditDifference.Of(log with { OldValues = default, NewValues = default }).ShouldBeEmpty();
    }

    static JsonText Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
