namespace Overmind;

/// <summary>Names the assembly that carries the migrations and routines.</summary>
public static class AssemblyMarker;
