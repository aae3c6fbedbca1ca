namespace SegFunctions.Storage.Tables.Filters;

/// <summary>
/// Reads the filters that the table service understands: comparisons (<c>eq ne gt ge lt le</c>) of properties and literals,
/// <c>and</c>, <c>or</c>, <c>not</c> and parentheses. <c>not</c> binds looser than a comparison, as the emulator has it.
/// </summary>
internal ref struct FilterParser
{
    private const int MaxDepth = 200;
    private FilterLexer _lexer;
    private FilterToken _token;
    private int _depth;

    private FilterParser(string filter)
    {
        _lexer = new FilterLexer(filter);
        _token = _lexer.Next();
    }

    /// <exception cref="FormatException">The filter is malformed; the message has the position.</exception>
    public static FilterExpression Parse(string filter)
    {
        var parser = new FilterParser(filter);
        var expression = parser.Or();
        if (parser._token.Kind != FilterTokenKind.End)
            throw parser.Unexpected("the end, 'and' or 'or'");
        return expression;
    }

    private FilterExpression Or()
    {
        var left = And();
        while (_token.Is("or"))
        {
            Take();
            left = new FilterExpression.Or(left, And());
        }

        return left;
    }

    private FilterExpression And()
    {
        var left = Unary();
        while (_token.Is("and"))
        {
            Take();
            left = new FilterExpression.And(left, Unary());
        }

        return left;
    }

    private FilterExpression Unary()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"The filter is nested more than {MaxDepth} deep at position {_token.Position}.");
        FilterExpression expression;
        if (_token.Is("not"))
        {
            Take();
            expression = new FilterExpression.Not(Unary());
        }
        else if (_token.Kind == FilterTokenKind.Open)
        {
            Take();
            expression = Or();
            if (_token.Kind != FilterTokenKind.Close)
                throw Unexpected("')'");
            Take();
        }
        else
        {
            expression = Comparison();
        }

        _depth--;
        return expression;
    }

    private FilterExpression Comparison()
    {
        var left = Operand();
        if (_token.Kind != FilterTokenKind.Name || FilterComparison.From(_token.Text) is not { } comparison)
        {
            // A Boolean property, or true or false, may stand alone.
            return new FilterExpression.Compare(left, FilterComparison.Equal, new FilterOperand(null, true));
        }

        Take();
        return new FilterExpression.Compare(left, comparison, Operand());
    }

    private FilterOperand Operand()
    {
        var token = _token;
        if (token.Kind == FilterTokenKind.Literal)
        {
            Take();
            return new FilterOperand(null, token.Value);
        }

        if (token.Kind != FilterTokenKind.Name || token.Text is "and" or "or" or "not" || FilterComparison.From(token.Text) is not null)
            throw Unexpected("a property or a value");
        Take();
        return new FilterOperand(token.Text, null);
    }

    private void Take() => _token = _lexer.Next();

    private readonly FormatException Unexpected(string expected) => new(
        $"Position {_token.Position} of the filter holds "
        + (_token.Kind == FilterTokenKind.End ? "its end" : $"'{TableRules.Show(_token.Text)}'") + $" where {expected} was expected.");
}
