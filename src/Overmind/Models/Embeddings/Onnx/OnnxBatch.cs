namespace Overmind.Models.Embeddings.Onnx;

/// <summary>Texts as a model takes them: rows of one length, padded, with a mask that is 1 where a token is.</summary>
sealed record OnnxBatch(int Rows, int Columns, long[] Ids, long[] Mask)
{
    public static OnnxBatch Of(IReadOnlyList<IReadOnlyList<int>> texts, long padding)
    {
        var columns = texts.Max(text => text.Count);
        var ids = new long[texts.Count * columns];
        var mask = new long[ids.Length];
        Array.Fill(ids, padding);
        for (var row = 0; row < texts.Count; row++)
            for (var column = 0; column < texts[row].Count; column++)
            {
                ids[(row * columns) + column] = texts[row][column];
                mask[(row * columns) + column] = 1;
            }

        return new OnnxBatch(texts.Count, columns, ids, mask);
    }
}
