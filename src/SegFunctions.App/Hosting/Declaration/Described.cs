namespace SegFunctions.App.Hosting.Declaration;

/// <summary>One line for the OpenAPI document: what an HTTP function does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SummaryAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>An answer of an HTTP function; the untyped form is one without a body.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class ReturnsAttribute(int status) : Attribute
{
    public int Status { get; } = status;

    public string? Description { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Type of the body, or null where there is none.</summary>
    public virtual Type? Body => null;
}

/// <summary>An answer of an HTTP function whose body is a <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReturnsAttribute<T>(int status = 200) : ReturnsAttribute(status)
{
    public override Type Body => typeof(T);
}

/// <summary>The body that an HTTP function reads.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AcceptsAttribute : Attribute
{
    public abstract Type Body { get; }

    public string ContentType { get; init; } = "application/json";

    public bool IsRequired { get; init; } = true;
}

/// <summary>The body that an HTTP function reads is a <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcceptsAttribute<T> : AcceptsAttribute
{
    public override Type Body => typeof(T);
}

/// <summary>A parameter in the query or a header of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class ParameterAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public bool IsRequired { get; init; }

    public abstract Type Type { get; }

    /// <summary>The OpenAPI place: <c>query</c> or <c>header</c>.</summary>
    public abstract string Place { get; }
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryAttribute<T>(string name, string description) : ParameterAttribute(name, description)
{
    public override Type Type => typeof(T);

    public override string Place => "query";
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HeaderAttribute(string name, string description) : ParameterAttribute(name, description)
{
    public override Type Type => typeof(string);

    public override string Place => "header";
}
