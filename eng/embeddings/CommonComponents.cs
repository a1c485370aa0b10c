namespace Overmind.WordVectors;

/// <summary>
/// What the vectors of all texts have in common says nothing of any: their mean, and the directions in which they differ most (mostly syntax).
/// Both are estimated from the words, each as often as it stands in texts and as much as it weighs there, and are taken out of the words, which
/// takes them out of every sum of words (Arora et al. 2017, A Simple but Tough-to-Beat Baseline; Mu and Viswanath 2018, All-but-the-Top).
/// </summary>
static class CommonComponents
{
    const int Iterations = 200;

    /// <param name="part">How much of it: 1 for all, less to keep texts of one field near each other.</param>
    public static void Remove(IReadOnlyList<float[]> vectors, IReadOnlyList<double> shares, int components, double part)
    {
        var total = shares.Sum();
        var mean = new double[PackageVectors.Dimensions];
        for (var word = 0; word < vectors.Count; word++)
            for (var d = 0; d < mean.Length; d++) mean[d] += shares[word] / total * vectors[word][d];
        foreach (var vector in vectors)
            for (var d = 0; d < mean.Length; d++) vector[d] -= (float)(part * mean[d]);
        for (var component = 0; component < components; component++) RemoveDirection(vectors, Strongest(Covariance(vectors, shares)), part);
    }

    static void RemoveDirection(IReadOnlyList<float[]> vectors, double[] direction, double part)
    {
        foreach (var vector in vectors)
        {
            var along = 0.0;
            for (var d = 0; d < direction.Length; d++) along += direction[d] * vector[d];
            for (var d = 0; d < direction.Length; d++) vector[d] -= (float)(part * along * direction[d]);
        }
    }

    static double[,] Covariance(IReadOnlyList<float[]> vectors, IReadOnlyList<double> shares)
    {
        var covariance = new double[PackageVectors.Dimensions, PackageVectors.Dimensions];
        for (var word = 0; word < vectors.Count; word++)
        {
            var vector = vectors[word];
            for (var i = 0; i < vector.Length; i++)
                for (var j = 0; j < vector.Length; j++) covariance[i, j] += shares[word] * vector[i] * vector[j];
        }

        return covariance;
    }

    /// <summary>The eigenvector of the largest eigenvalue, by power iteration from a fixed start.</summary>
    static double[] Strongest(double[,] matrix)
    {
        var vector = Enumerable.Range(0, matrix.GetLength(0)).Select(i => 1.0 + (i % 7)).ToArray();
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var next = new double[vector.Length];
            for (var i = 0; i < vector.Length; i++)
                for (var j = 0; j < vector.Length; j++) next[i] += matrix[i, j] * vector[j];
            var length = Math.Sqrt(next.Sum(x => x * x));
            vector = [.. next.Select(x => x / length)];
        }

        return vector;
    }
}
