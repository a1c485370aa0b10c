using System.Text;

namespace Overmind.Usage;

/// <summary>How many tokens a text has, where nobody counted them: one for each 4 bytes of UTF-8, the usual ratio of English text.</summary>
static class TokenEstimate
{
    const int BytesPerToken = 4;

    /// <summary>Rounded up.</summary>
    public static long Of(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
