using System.Text;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Tokens;

namespace Overmind.Conversations.Templates;

/// <summary>Puts values in their places.</summary>
static class TemplateRenderer
{
    /// <summary>Whose tokenizer counts where no model is named.</summary>
    public static ModelReference CountingModel { get; } = new("openai", "gpt-4o");

    /// <summary>Tokens of the contents as they stand.</summary>
    public static int CountRaw(IReadOnlyList<TemplateSegment> segments) => (int)segments.Sum(s => TokenCount.Of(CountingModel, s.Content));

    /// <exception cref="OvermindException">A value does not fit, the wording is none (SQL clients write what they like), or a segment comes to more than a message holds.</exception>
    public static RenderedTemplate Render(ContextTemplateVersion template, TemplateRendering rendering)
    {
        var checks = new Checks();
        TemplateRules.CheckWording(ref checks, template.Segments, template.Variables);
        checks.ThrowIfAny();
        var values = TemplateValues.Read(template.Variables, rendering.Variables, rendering.Param);
        var model = rendering.Model ?? CountingModel;
        var segments = template.Segments.Select((s, i) => Segment.Of(s, i, values, model, rendering.Param)).ToList();
        var left = LeftOut(segments, rendering.MaxTokens);
        var kept = segments.Where(s => !left.Contains(s)).ToList();
        return new RenderedTemplate
        {
            TemplateId = template.TemplateId,
            Version = template.Version,
            Messages = [.. kept.Select(s => new RenderedMessage { Role = s.Source.Role, Content = s.Text })],
            Tokens = kept.Sum(s => s.Tokens),
            IsEstimated = ModelTokenizers.Find(model) is null,
            Segments = [.. segments.Select(s => new RenderedSegment { Name = s.Source.Name, Tokens = s.Tokens, Cut = s.IsCut, LeftOut = left.Contains(s) })],
        };
    }

    // A message without a text is none. Of equal priority the later ones leave first.
    static HashSet<Segment> LeftOut(List<Segment> segments, int? maxTokens)
    {
        var left = segments.Where(s => s.Text.Length == 0).ToHashSet();
        var tokens = segments.Sum(s => s.Tokens);
        foreach (var segment in segments.Except(left).OrderBy(s => s.Source.Priority).ThenByDescending(s => s.Place).ToList())
        {
            if (maxTokens is not { } most || tokens <= most)
                break;
            left.Add(segment);
            tokens -= segment.Tokens;
        }

        return left;
    }

    sealed record Segment(TemplateSegment Source, int Place, string Text, long Tokens, bool IsCut)
    {
        public static Segment Of(TemplateSegment source, int place, Dictionary<string, string> values, ModelReference model, string param)
        {
            var text = new StringBuilder();
            foreach (var piece in TemplateText.Parse(source.Content).Pieces)
            {
                text.Append(piece.IsVariable ? values[piece.Text] : piece.Text);
                // Before it is built: a long value in many places would come to gigabytes.
                if (text.Length > NewMessage.MaxBytes)
                    throw TooLarge(source, param);
            }

            var whole = text.ToString();
            if (Encoding.UTF8.GetByteCount(whole) > NewMessage.MaxBytes)
                throw TooLarge(source, param);
            var tokens = TokenCount.Of(model, whole);
            if (source.MaxTokens is not { } most || tokens <= most)
                return new Segment(source, place, whole, tokens, false);
            var cut = TokenCount.Cut(model, whole, most);
            return new Segment(source, place, cut, TokenCount.Of(model, cut), true);
        }

        static OvermindException TooLarge(TemplateSegment source, string param) => new(
            ErrorCode.MessageTooLarge, $"With these values the segment {source.Name} has more than {NewMessage.MaxBytes} bytes, the most a message has.", param);
    }
}
