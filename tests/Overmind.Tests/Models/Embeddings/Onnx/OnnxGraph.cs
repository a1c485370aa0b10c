using System.Text;

namespace Overmind.Tests.Models.Embeddings.Onnx;

/// <summary>
/// Writes the smallest model of the BERT family there is, in ONNX's protobuf (onnx.proto3): each token's vector is its row in a table.
/// </summary>
static class OnnxGraph
{
    /// <param name="table">A row a token.</param>
    /// <param name="input">The name of the tokens' input.</param>
    /// <param name="output">The name of the output.</param>
    public static byte[] Of(float[][] table, string input = "input_ids", string output = "last_hidden_state")
    {
        var values = table.SelectMany(row => row).SelectMany(BitConverter.GetBytes).ToArray();
        byte[] initializer = [.. Number(1, table.Length), .. Number(1, table[0].Length), .. Number(2, Float), .. Text(8, "table"), .. Bytes(9, values)];
        byte[] node = [.. Text(1, "table"), .. Text(1, input), .. Text(2, output), .. Text(3, "look-up"), .. Text(4, "Gather")];
        byte[] graph =
        [
            .. Bytes(1, node), .. Text(2, "graph"), .. Bytes(5, initializer),
            .. Bytes(11, Tensor(input, Int64, "texts", "tokens")), .. Bytes(11, Tensor("attention_mask", Int64, "texts", "tokens")),
            .. Bytes(12, Tensor(output, Float, "texts", "tokens", "dimensions")),
        ];
        return [.. Number(1, 8), .. Bytes(7, graph), .. Bytes(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    const int Float = 1;
    const int Int64 = 7;

    static byte[] Tensor(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Bytes(1, Text(2, dimension)))];
        return [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Number(1, type), .. Bytes(2, shape)]))];
    }

    static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    static byte[] Bytes(int field, byte[] bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    static IEnumerable<byte> Varint(long value)
    {
        for (; value > 0x7F; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
