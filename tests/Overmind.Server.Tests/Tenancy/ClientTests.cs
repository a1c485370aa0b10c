using System.Text.Json;
using Overmind.Access.Mail;
using Overmind.Client;
using Overmind.Server.Tests.Access;

namespace Overmind.Server.Tests.Tenancy;

/// <summary>The typed client, with what a company does to put people on it.</summary>
public sealed class ClientTests(ApiServers servers)
{
    [Fact]
    public async Task The_organization_is_read_changed_cancelled_taken_back_and_deleted()
    {
        await using var server = await servers.StartAsync();
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        var organization = await client.Organizations.GetAsync();
        (organization.Slug, organization.MemberCount).ShouldBe(("first", 4));
        var changed = await client.Organizations.UpdateAsync(new OrganizationChanges { Name = "First & Sons", EnabledFeatures = ["chat"], UnchangedSince = organization.UpdatedAt });
        (changed.Name, changed.EnabledFeatures[0]).ShouldBe(("First & Sons", "chat"));
        (await Should.ThrowAsync<OvermindApiException>(() => client.Organizations.UpdateAsync(new OrganizationChanges { Name = "Late", UnchangedSince = organization.UpdatedAt })))
            .Code.ShouldBe("precondition_failed");
        (await client.Organizations.CancelAsync()).Status.ShouldBe("cancelled");
        (await Should.ThrowAsync<OvermindApiException>(() => client.Conversations.CreateAsync())).Code.ShouldBe("organization_suspended");
        (await client.Organizations.ResumeAsync()).Status.ShouldBe("active");

        var another = await client.Organizations.CreateAsync(new NewOrganization { Name = "Another" });
        (await client.Organizations.ListAsync()).Select(membership => (membership.Slug, membership.IsCurrent)).ShouldBe([("first", true), (another.Slug, false)]);
        await client.Organizations.DeleteAsync();
        (await Should.ThrowAsync<OvermindApiException>(() => client.MeAsync())).Status.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Members_are_listed_changed_given_a_tier_and_removed()
    {
        await using var server = await servers.StartAsync();
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        var members = (await client.Members.ListAsync()).Items;
        var user = members.Single(member => member.Email == "user@first.test");
        var changed = await client.Members.UpdateAsync(user.Id, new Overmind.Client.MemberChanges { DisplayName = "Ada", Permissions = ["audit.read"], UnchangedSince = user.UpdatedAt });
        (changed.DisplayName, changed.Permissions[0]).ShouldBe(("Ada", "audit.read"));
        (await new OvermindClient(server.Url, server.User.Key!).AuditLogs.ListAsync()).Items.ShouldNotBeEmpty();
        await server.Database.ExecuteAsync("update subscription_tiers set is_offered = true where tier_name = 'pro'");
        (await client.Members.SetTierAsync(user.Id, "pro")).Tier.ShouldBe("pro");
        (await client.Members.GetSubscriptionAsync(user.Id)).Tier.ShouldBe("pro");
        await client.Members.RemoveAsync(user.Id);
        (await client.Members.ListAsync()).Items.ShouldNotContain(member => member.Id == user.Id);
        (await Should.ThrowAsync<OvermindApiException>(() => client.Members.RemoveAsync(members.Single(member => member.Role == "admin").Id))).Code.ShouldBe("last_admin");
    }

    [Fact]
    public async Task A_colleague_is_invited_and_joins()
    {
        await using var mail = new SmtpListener();
        await using var server = await servers.StartAsync(configure: options => options with { Mail = new MailOptions { SmtpUrl = mail.Url } });
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        var withdrawn = await client.Invitations.CreateAsync(new NewInvitation { Email = "nobody@example.com" });
        (await client.Invitations.CancelAsync(withdrawn.Id)).Status.ShouldBe("cancelled");
        var invited = await client.Invitations.CreateAsync(new NewInvitation { Email = "guest@example.com", Role = "user", ExpiresInDays = 1 });
        (await client.Invitations.ListAsync("pending")).Items.ShouldHaveSingleItem().Id.ShouldBe(invited.Id);
        var token = Links.TokenOf((await mail.MailAsync("guest@example.com", "Organization first")).Text);

        using var http = new HttpClient { BaseAddress = server.Url };
        var tokens = await new OvermindClient(http).Invitations.AcceptAsync(token, SignedIn.Password, "Guest");

        var guest = new OvermindClient(server.Url, tokens);
        (await guest.MeAsync()).Role.ShouldBe("user");
        (await guest.Profile.UpdateAsync(new ProfileChanges { Timezone = "Europe/Berlin" })).Timezone.ShouldBe("Europe/Berlin");
        (await guest.Profile.SetTraitAsync("expertise_level", new NewTrait { TraitValue = "advanced" })).TraitValue.ShouldBe("advanced");
        (await guest.Profile.ListTraitsAsync()).Items.ShouldHaveSingleItem();
        (await client.Invitations.GetAsync(invited.Id)).AcceptedBy.ShouldBe(tokens.UserId);
    }

    [Fact]
    public async Task What_was_done_is_listed_and_exported()
    {
        await using var server = await servers.StartAsync();
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        var made = (await client.ApiKeys.CreateAsync(new NewApiKey { Name = "Audited" })).ApiKey;
        var filter = new AuditLogFilter { EventType = "api_key.created", ResourceId = made.Id.ToString() };
        var act = (await client.AuditLogs.ListAsync(filter: filter)).Items.ShouldHaveSingleItem();
        (await client.AuditLogs.GetAsync(act.Id)).Action.ShouldBe("create");
        using var export = new StreamReader(await client.AuditLogs.ExportAsync(filter));
        JsonDocument.Parse((await export.ReadToEndAsync()).TrimEnd()).RootElement.GetProperty("id").GetGuid().ShouldBe(act.Id);
    }
}
