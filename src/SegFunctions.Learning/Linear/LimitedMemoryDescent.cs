namespace SegFunctions.Learning.Linear;

/// <summary>
/// L-BFGS (Liu &amp; Nocedal 1989; Nocedal &amp; Wright 2006, algorithm 7.4), started from a diagonal, and with an L1 penalty its orthant-wise form
/// OWL-QN (Andrew &amp; Gao, "Scalable training of L1-regularized log-linear models", ICML 2007): directions and points stay in the orthant
/// in which the penalty is linear, so zeros are exact.
/// </summary>
/// <remarks>
/// Where columns nearly repeat others the objective is a valley so flat that neither the diagonal nor what is remembered sees the fall along it.
/// So the last word, and a step now and then, has Newton's method, its step found by conjugate gradients: products with the true Hessian, which is
/// never made (Morales &amp; Nocedal, "Enriched methods for large-scale unconstrained optimization", 2002).
/// </remarks>
internal sealed class LimitedMemoryDescent
{
    /// <summary>Pairs remembered: 10 cost 20 products of the length of β a step and no more passes over the rows.</summary>
    private const int Memory = 10;

    /// <summary>Steps after which one of Newton's method is put in.</summary>
    private const int StepsToNewton = 50;

    /// <summary>Products with the Hessian for a step of Newton's method at most; a pass over the rows each.</summary>
    private const int MostProducts = 60;

    /// <summary>Such a share of the first residual, squared, is rounding.</summary>
    private const double LeastResidual = 1e-20;

    private readonly LogisticObjective _objective;
    private readonly double _l1;
    private readonly double[] _diagonal;
    private readonly double[][] _steps = new double[Memory][];
    private readonly double[][] _changes = new double[Memory][];
    private readonly double[] _curvatures = new double[Memory];
    private readonly double[] _shares = new double[Memory];
    private readonly double[] _pseudo;
    private readonly double[] _direction;
    private readonly double[] _residual;
    private readonly double[] _search;
    private readonly double[] _product;
    private int _remembered;
    private int _next;

    /// <param name="diagonal">About the diagonal of the Hessian, above 0.</param>
    private LimitedMemoryDescent(LogisticObjective objective, double l1, double[] diagonal)
    {
        _objective = objective;
        _l1 = l1;
        _diagonal = diagonal;
        for (var i = 0; i < Memory; i++)
            (_steps[i], _changes[i]) = (new double[objective.Size], new double[objective.Size]);
        _pseudo = new double[objective.Size];
        _direction = new double[objective.Size];
        _residual = new double[objective.Size];
        _search = new double[objective.Size];
        _product = new double[objective.Size];
    }

    /// <param name="bound">Converged when half of gradientᵀ · H⁻¹ · gradient is at most this, with H the diagonal, as remembered, and the true one.</param>
    public static Descent Run(LogisticObjective objective, double[] start, double l1, double[] diagonal, double bound, int steps) =>
        new LimitedMemoryDescent(objective, l1, diagonal).Run((double[])start.Clone(), bound, steps);

    private Descent Run(double[] beta, double bound, int steps)
    {
        var next = new double[beta.Length];
        var before = new double[beta.Length];
        _objective.Evaluate(beta, curvature: false);
        for (var step = 1; step <= steps; step++)
        {
            SetPseudoGradient(beta);
            var promised = PromisedFall();
            SetDirection();
            // The diagonal is that of the start and may promise too little where rows have become certain; what is remembered knows better.
            var seemsDone = Math.Max(promised, -Dot.Of(_pseudo, _direction) / 2) <= bound;
            if ((seemsDone || step % StepsToNewton == 0) && SetNewtonDirection(beta) <= bound && seemsDone)
                return new Descent(beta, step, DescentEnd.Converged, null);
            var value = Penalised(beta);
            _objective.Gradient.CopyTo(before.AsSpan());
            if (!Lower(beta, next, value))
            {
                // What is remembered may mislead; without it the direction is that of the gradient.
                _objective.Evaluate(beta, curvature: false);
                if (_remembered == 0)
                    return new Descent(beta, step, DescentEnd.Rounding, null);
                _remembered = 0;
                continue;
            }

            Remember(beta, next, before);
            (beta, next) = (next, beta);
        }

        return new Descent(beta, steps, DescentEnd.OutOfSteps, null);
    }

    /// <summary>The objective at the point last evaluated.</summary>
    private double Penalised(ReadOnlySpan<double> beta) => _l1 == 0 ? _objective.Value : _objective.Value + (_l1 * ProximalNewton.Magnitude(beta));

    /// <summary>Andrew &amp; Gao, eq. 4: the gradient on the side of 0 to which the objective falls, 0 where it falls to neither.</summary>
    private void SetPseudoGradient(ReadOnlySpan<double> beta)
    {
        for (var j = 0; j < beta.Length; j++)
        {
            var slope = _objective.Gradient[j];
            if (!_objective.IsFree(j))
                _pseudo[j] = 0;
            else if (j == 0 || _l1 == 0)
                _pseudo[j] = slope;
            else if (beta[j] != 0)
                _pseudo[j] = slope + Math.CopySign(_l1, beta[j]);
            else
                _pseudo[j] = slope > _l1 ? slope - _l1 : slope < -_l1 ? slope + _l1 : 0;
        }
    }

    private double PromisedFall()
    {
        var sum = 0.0;
        for (var j = 0; j < _pseudo.Length; j++)
            sum += _pseudo[j] * _pseudo[j] / _diagonal[j];
        return sum / 2;
    }

    /// <summary>−H⁻¹ · pseudo-gradient by the two loops, kept to the side that the pseudo-gradient points to.</summary>
    private void SetDirection()
    {
        for (var j = 0; j < _pseudo.Length; j++)
            _direction[j] = -_pseudo[j];
        for (var i = 0; i < _remembered; i++)
        {
            var at = (_next - 1 - i + (2 * Memory)) % Memory;
            _shares[at] = Dot.Of(_steps[at], _direction) / _curvatures[at];
            Dot.AddScaled(_direction, _changes[at], -_shares[at]);
        }

        var scale = 1.0;
        if (_remembered > 0)
        {
            var newest = (_next - 1 + Memory) % Memory;
            var sum = 0.0;
            for (var j = 0; j < _diagonal.Length; j++)
                sum += _changes[newest][j] * _changes[newest][j] / _diagonal[j];
            scale = _curvatures[newest] / sum;
        }

        for (var j = 0; j < _direction.Length; j++)
            _direction[j] *= scale / _diagonal[j];
        for (var i = _remembered - 1; i >= 0; i--)
        {
            var at = (_next - 1 - i + (2 * Memory)) % Memory;
            var share = Dot.Of(_changes[at], _direction) / _curvatures[at];
            Dot.AddScaled(_direction, _steps[at], _shares[at] - share);
        }

        for (var j = 1; j < _direction.Length && _l1 > 0; j++)
        {
            if (_direction[j] * _pseudo[j] >= 0)
                _direction[j] = 0;
        }
    }

    /// <summary>
    /// −H⁻¹ · pseudo-gradient by conjugate gradients (Nocedal &amp; Wright 2006, algorithm 5.3) with the Hessian of the point last evaluated, over the
    /// coefficients that are not 0.
    /// </summary>
    /// <returns>The fall that the step promises: at most that of Newton's own, and most of it after a few products.</returns>
    private double SetNewtonDirection(ReadOnlySpan<double> beta)
    {
        _direction.AsSpan().Clear();
        for (var j = 0; j < _pseudo.Length; j++)
        {
            _residual[j] = IsHeld(j, beta) ? 0 : -_pseudo[j];
            _search[j] = _residual[j] / _diagonal[j];
        }

        var fall = 0.0;
        var size = Dot.Of(_residual, _search);
        var least = LeastResidual * size;
        for (var product = 0; product < MostProducts && size > least; product++)
        {
            _objective.Multiply(_search, _product);
            var curvature = Dot.Of(_search, _product);
            if (!(curvature > 0))
                break;
            var length = size / curvature;
            Dot.AddScaled(_direction, _search, length);
            fall += length * size / 2;
            var next = 0.0;
            for (var j = 0; j < _residual.Length; j++)
            {
                _residual[j] = IsHeld(j, beta) ? 0 : _residual[j] - (length * _product[j]);
                next += _residual[j] * _residual[j] / _diagonal[j];
            }

            for (var j = 0; j < _search.Length; j++)
                _search[j] = (_residual[j] / _diagonal[j]) + (next / size * _search[j]);
            size = next;
        }

        return fall;
    }

    /// <summary>With an L1 penalty the objective has an edge at 0, which no quadratic model sees: what is 0 leaves it by the gradient alone.</summary>
    private bool IsHeld(int j, ReadOnlySpan<double> beta) => _l1 > 0 && j > 0 && beta[j] == 0;

    /// <summary>Halves the step until the objective falls enough; OUT the point, evaluated.</summary>
    private bool Lower(double[] beta, double[] next, double value)
    {
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var slope = 0.0;
            for (var j = 0; j < beta.Length; j++)
            {
                next[j] = beta[j] + (length * _direction[j]);
                // The orthant is that of β, or where β is 0, of the step.
                if (_l1 > 0 && j > 0 && next[j] * (beta[j] != 0 ? beta[j] : -_pseudo[j]) < 0)
                    next[j] = 0;
                slope += _pseudo[j] * (next[j] - beta[j]);
            }

            // Cut off at 0, a long step may lead up where a shorter one leads down.
            if (!(slope < 0))
                continue;
            _objective.Evaluate(next, curvature: false);
            if (Penalised(next) <= value + (1e-4 * slope))
                return true;
        }

        return false;
    }

    private void Remember(double[] beta, double[] next, double[] before)
    {
        var step = _steps[_next];
        var change = _changes[_next];
        for (var j = 0; j < step.Length; j++)
        {
            step[j] = next[j] - beta[j];
            change[j] = _objective.Gradient[j] - before[j];
        }

        var curvature = Dot.Of(step, change);
        // Rounding may bend a flat step the wrong way, which would break the inverse.
        if (!(curvature > 1e-16 * Dot.Of(change, change)))
            return;
        _curvatures[_next] = curvature;
        _next = (_next + 1) % Memory;
        _remembered = Math.Min(_remembered + 1, Memory);
    }
}
