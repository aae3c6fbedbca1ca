namespace SegFunctions.App.Hosting.Declaration;

/// <summary>What starts a function; stands on the parameter that receives it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerAttribute : Attribute;
