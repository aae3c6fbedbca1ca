namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Eigenvalues and vectors of a symmetric matrix: Householder's reduction to three diagonals, then implicitly shifted QL (Bowdler,
/// Martin, Reinsch &amp; Wilkinson 1968; Golub &amp; Van Loan 2013, sections 8.3.1 and 8.3.3). Memory 2 d², time about 3 d³.
/// </summary>
/// <param name="Values">Falling.</param>
/// <param name="Vectors">One a row, of length 1; the element farthest from 0 is positive, the first among equals, so that the sign is no accident.</param>
internal sealed record SymmetricEigen(double[] Values, double[] Vectors)
{
    private const int MostSweeps = 60;

    /// <param name="matrix">Shape (size × size), symmetric and finite; not written to.</param>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int size)
    {
        // Row i of z becomes the i-th vector: the algorithm's columns are kept as rows, so that every inner loop runs over neighbours.
        var z = matrix.ToArray();
        var diagonal = new double[size];
        var off = new double[size];
        Tridiagonalise(z, diagonal, off, size);
        Diagonalise(z, diagonal, off, size);

        var order = new int[size];
        for (var i = 0; i < size; i++)
            order[i] = i;
        var vectors = new double[size * size];
        Array.Sort(order, (a, b) => diagonal[a] == diagonal[b] ? a.CompareTo(b) : diagonal[b].CompareTo(diagonal[a]));
        for (var i = 0; i < size; i++)
        {
            var own = vectors.AsSpan(i * size, size);
            z.AsSpan(order[i] * size, size).CopyTo(own);
            Orient(own);
        }

        return new SymmetricEigen([.. order.Select(i => diagonal[i])], vectors);
    }

    private static void Orient(Span<double> vector)
    {
        var largest = 0;
        for (var i = 1; i < vector.Length; i++)
        {
            // Equal but for rounding counts as equal.
            if (Math.Abs(vector[i]) > Math.Abs(vector[largest]) * (1 + 1e-9))
                largest = i;
        }

        if (vector[largest] >= 0)
            return;
        foreach (ref var value in vector)
            value = -value;
    }

    /// <summary>z becomes the reflections' product Q (rows are Q's columns), so that Qᵀ·A·Q has the two diagonals.</summary>
    private static void Tridiagonalise(double[] z, double[] diagonal, double[] off, int size)
    {
        var reflectors = new double[size * size];
        var sizes = new double[size];
        var image = new double[size];
        for (var k = size - 1; k >= 1; k--)
        {
            // Row k left of the diagonal, u, is reflected onto its last element.
            var u = z.AsSpan(k * size, k);
            var scale = 0.0;
            for (var i = 0; i < k - 1; i++)
                scale = Math.Max(scale, Math.Abs(u[i]));
            diagonal[k] = z[(k * size) + k];
            if (scale == 0)
            {
                off[k] = u[k - 1];
                continue;
            }

            scale = Math.Max(scale, Math.Abs(u[k - 1]));
            var v = reflectors.AsSpan(k * size, k);
            for (var i = 0; i < k; i++)
                v[i] = u[i] / scale;
            var norm = Math.Sqrt(Dot.Of(v, v));
            var alpha = v[k - 1] > 0 ? -norm : norm;
            off[k] = alpha * scale;
            v[k - 1] -= alpha;
            // H = I − v·vᵀ / h with h = vᵀv / 2.
            var h = 0.5 * Dot.Of(v, v);
            sizes[k] = h;
            var p = image.AsSpan(0, k);
            for (var i = 0; i < k; i++)
                p[i] = Dot.Of(z.AsSpan(i * size, k), v) / h;
            Dot.AddScaled(p, v, -Dot.Of(v, p) / (2 * h));
            for (var i = 0; i < k; i++)
            {
                var row = z.AsSpan(i * size, k);
                Dot.AddScaled(row, p, -v[i]);
                Dot.AddScaled(row, v, -p[i]);
            }
        }

        diagonal[0] = z[0];
        Array.Clear(z);
        for (var i = 0; i < size; i++)
            z[(i * size) + i] = 1;
        // Rows of z are columns of Q: each is sent through every reflection, the first one last.
        for (var k = 1; k < size; k++)
        {
            if (sizes[k] == 0)
                continue;
            var v = reflectors.AsSpan(k * size, k);
            for (var row = 0; row < size; row++)
            {
                var own = z.AsSpan(row * size, k);
                Dot.AddScaled(own, v, -Dot.Of(own, v) / sizes[k]);
            }
        }
    }

    private static void Diagonalise(double[] z, double[] diagonal, double[] off, int size)
    {
        for (var i = 1; i < size; i++)
            off[i - 1] = off[i];
        if (size > 0)
            off[size - 1] = 0;
        for (var l = 0; l < size; l++)
        {
            for (var sweep = 0; ; sweep++)
            {
                var m = l;
                while (m < size - 1 && Math.Abs(off[m]) > double.Epsilon + (1.1e-16 * (Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1]))))
                    m++;
                if (m == l)
                    break;
                if (sweep == MostSweeps)
                    throw new InvalidOperationException($"The eigenvalues of a {size} × {size} matrix did not settle in {MostSweeps} sweeps; its values are not finite or not symmetric.");
                Sweep(z, diagonal, off, size, l, m);
            }
        }
    }

    private static void Sweep(double[] z, double[] diagonal, double[] off, int size, int l, int m)
    {
        var g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
        var r = double.Hypot(g, 1);
        g = diagonal[m] - diagonal[l] + (off[l] / (g + Math.CopySign(r, g)));
        var (sine, cosine, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = sine * off[i];
            var b = cosine * off[i];
            r = double.Hypot(f, g);
            off[i + 1] = r;
            if (r == 0)
            {
                diagonal[i + 1] -= p;
                off[m] = 0;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - p;
            r = ((diagonal[i] - g) * sine) + (2 * cosine * b);
            p = sine * r;
            diagonal[i + 1] = g + p;
            g = (cosine * r) - b;
            Rotate(z.AsSpan(i * size, size), z.AsSpan((i + 1) * size, size), sine, cosine);
        }

        diagonal[l] -= p;
        off[l] = g;
        off[m] = 0;
    }

    private static void Rotate(Span<double> first, Span<double> second, double sine, double cosine)
    {
        for (var i = 0; i < first.Length; i++)
        {
            var (a, b) = (first[i], second[i]);
            second[i] = (sine * a) + (cosine * b);
            first[i] = (cosine * a) - (sine * b);
        }
    }
}
