using System.Security.Cryptography;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Attachments;

public class AttachmentTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly AttachmentService service = Samples.Service(data.Requests);

    [Fact]
    public async Task What_comes_in_goes_out_as_it_came_whole_and_in_part()
    {
        // Three pieces and a bit, of which no two are the same.
        var bytes = new byte[3 * 256 * 1024 + 17];
        new Random(7).NextBytes(bytes);
        Samples.Png.CopyTo(bytes, 0);
        var attachment = await service.UploadAsync(data.Me, new Trickle(bytes), new NewAttachment { Name = "chart.png" }, CancellationToken.None);

        (attachment.MediaType, attachment.SizeBytes, attachment.Sha256).ShouldBe(("image/png", bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        (await service.BytesAsync(data.Me, attachment)).ShouldBe(bytes);
        foreach (var (from, length) in ((int, int)[])[(0, 1), (262143, 2), (262144, 262144), (700_000, 86_449), (bytes.Length - 1, 1)])
            (await service.BytesAsync(data.Me, attachment, from, length)).ShouldBe(bytes[from..(from + length)]);
    }

    [Fact]
    public async Task The_same_file_sent_often_is_stored_once_in_each_organization()
    {
        var first = await service.UploadAsync(data.Me, "Once and no more");
        var copies = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => service.UploadAsync(i % 2 == 0 ? data.Me : data.First.OtherUser, "Once and no more", $"copy-{i}.txt")));
        copies.Select(c => c.Id).Append(first.Id).Distinct().Count().ShouldBe(11);
        copies.ShouldAllBe(c => c.Sha256 == first.Sha256);
        (await ContentsAsync(first)).ShouldBe(1);

        var elsewhere = await service.UploadAsync(data.Second.User, "Once and no more");
        (await ContentsAsync(first)).ShouldBe(2);
        (await service.BytesAsync(data.Second.User, elsewhere)).ShouldBe(Samples.Text("Once and no more"));
    }

    [Fact]
    public async Task The_same_new_file_from_many_at_once_is_stored_once_and_whole()
    {
        var bytes = new byte[600_000];
        new Random(8).NextBytes(bytes);
        Samples.Png.CopyTo(bytes, 0);
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            service.UploadAsync(data.Me, new Trickle(bytes), new NewAttachment { Name = $"{i}.png" }, CancellationToken.None)));
        (await ContentsAsync(sent[0])).ShouldBe(1);
        (await service.BytesAsync(data.Me, sent[7])).ShouldBe(bytes);
    }

    [Fact]
    public async Task What_was_sent_is_seen_by_who_sent_it_and_admins_until_a_message_shows_it()
    {
        var attachment = await service.UploadAsync(data.Me, "Mine alone");
        (await service.GetAsync(data.First.Admin, attachment.Id, CancellationToken.None)).Visibility.ShouldBe(Overmind.Conversations.Visibility.Private);
        foreach (var other in (Overmind.Postgres.Claims[])[data.First.OtherUser, data.First.Viewer, data.Second.Admin])
        {
            await RefusedAsync(ErrorCode.AttachmentNotFound, service.GetAsync(other, attachment.Id, CancellationToken.None));
            (await service.ListAsync(other, null, new PageRequest { Limit = 100 }, CancellationToken.None)).Items.ShouldNotContain(a => a.Id == attachment.Id);
        }

        await RefusedAsync(ErrorCode.AttachmentNotFound, service.DeleteAsync(data.First.OtherUser, attachment.Id, CancellationToken.None));
        await RefusedAsync(ErrorCode.Forbidden, service.UploadAsync(data.First.Viewer, "Viewers write nothing"));
        await service.DeleteAsync(data.Me, attachment.Id, CancellationToken.None);
        await RefusedAsync(ErrorCode.AttachmentNotFound, service.GetAsync(data.Me, attachment.Id, CancellationToken.None));
        await RefusedAsync(ErrorCode.AttachmentNotFound, service.DeleteAsync(data.Me, attachment.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_content_is_no_members_to_read_or_write_by_sql_and_its_hash_opens_nothing()
    {
        var attachment = await service.UploadAsync(data.Me, "Known by its hash");
        foreach (var attempt in (string[])
        [
            "select content from file_chunks", "select sha256 from file_contents", "delete from file_chunks", "delete from file_contents", "delete from attachments",
            "update attachments set sha256 = sha256", "update attachments set conversation_id = id", "update attachments set name = 'x'",
            "insert into file_contents (sha256, size_bytes, chunk_count) values (sha256('x'), 1, 1)", "insert into file_chunks (sha256, number, content) values (sha256('x'), 0, 'x')",
        ])
            (await data.RefusedAsync(data.First.Admin, attempt)).ShouldBe("42501", attempt);
        (await data.RefusedAsync(
            data.First.OtherUser, "insert into attachments (name, media_type, size_bytes, sha256) values ('got.txt', 'text/plain', 17, decode($1, 'hex'))", attachment.Sha256)).ShouldBe("42501");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../secret.txt")]
    [InlineData("a\\b.txt")]
    [InlineData("a\nb.txt")]
    [InlineData("..")]
    [InlineData("gpj.\u202Eexe")]
    [InlineData("nul\0.txt")]
    [InlineData(null)]
    public async Task A_name_that_is_none_of_a_file_is_refused(string? name)
    {
        var refused = await Should.ThrowAsync<OvermindException>(
            service.UploadAsync(data.Me, new MemoryStream(Samples.Png), new NewAttachment { Name = name }, CancellationToken.None));
        refused.Param.ShouldBe("name");
        refused.Code.ShouldBeOneOf(ErrorCode.InvalidValue, ErrorCode.InvalidText, ErrorCode.MissingField);
        await RefusedAsync(ErrorCode.InvalidValue, service.UploadAsync(data.Me, "x", new string('n', 256)));
    }

    [Fact]
    public async Task Nothing_of_an_upload_that_is_refused_or_breaks_off_stays()
    {
        var before = await data.Owner.ScalarAsync<long>("select count(*) from file_chunks");
        await RefusedAsync(ErrorCode.InvalidValue, service.UploadAsync(data.Me, ""));
        var large = new Trickle(new byte[26 * 1024 * 1024]);
        Samples.Png.CopyTo(large.Bytes, 0);
        await RefusedAsync(ErrorCode.AttachmentTooLarge, service.UploadAsync(data.Me, large, new NewAttachment { Name = "large.png" }, CancellationToken.None));
        large.Position.ShouldBeLessThanOrEqualTo(25 * 1024 * 1024 + 2 * 64 * 1024);
        await RefusedAsync(
            ErrorCode.AttachmentTooLarge, service.UploadAsync(data.Me, Stream.Null, new NewAttachment { Name = "said.png", SizeBytes = long.MaxValue }, CancellationToken.None));
        await Should.ThrowAsync<IOException>(service.UploadAsync(data.Me, new Trickle(Samples.Png) { BreaksOff = true }, new NewAttachment { Name = "half.png" }, CancellationToken.None));
        (await data.Owner.ScalarAsync<long>("select count(*) from file_chunks")).ShouldBe(before);
    }

    [Fact]
    public async Task The_organizations_settings_say_what_it_takes_and_how_much_of_it()
    {
        var claims = data.Second.User;
        await SetAsync("""{"max_bytes": 100, "media_types": ["text/*"], "max_total_bytes": 150}""");
        try
        {
            await service.UploadAsync(claims, new string('a', 100));
            await RefusedAsync(ErrorCode.AttachmentTooLarge, service.UploadAsync(claims, new string('a', 101)));
            await RefusedAsync(
                ErrorCode.UnsupportedMediaType, service.UploadAsync(claims, new MemoryStream(Samples.Png), new NewAttachment { Name = "a.png" }, CancellationToken.None));
            // What is there already takes no room.
            await service.UploadAsync(claims, new string('a', 100), "again.txt");
            (await RefusedAsync(ErrorCode.StorageLimitReached, service.UploadAsync(claims, new string('b', 90)))).Message.ShouldContain("max_total_bytes");
        }
        finally
        {
            await SetAsync("{}");
        }

        Task SetAsync(string attachments) => data.Owner.ExecuteAsync(
            "update organizations set settings = jsonb_set(settings, '{attachments}', $2::jsonb) where id = $1", data.Second.OrganizationId, attachments);
    }

    async Task<long> ContentsAsync(Attachment attachment) =>
        await data.Owner.ScalarAsync<long>("select count(*) from file_contents where sha256 = decode($1, 'hex')", attachment.Sha256);

    static async Task<OvermindException> RefusedAsync(ErrorCode code, Task call)
    {
        var refused = await Should.ThrowAsync<OvermindException>(call);
        refused.Code.ShouldBe(code, refused.Message);
        return refused;
    }

    /// <summary>Comes in pieces of odd sizes, and may break off at its end.</summary>
    sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public bool BreaksOff { get; init; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 10_007)], cancellationToken);
            return read == 0 && BreaksOff ? throw new IOException("The connection is gone.") : read;
        }
    }
}
